"""What a picture of the architecture holds, before anybody decides where to put it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from toolkit.audit.words import Said

Sort: TypeAlias = Literal["site", "outside", "network", "identities", "managed", "elsewhere", "keys"]
Means: TypeAlias = Literal["access", "copy", "notice", "egress", "tunnel", "unseal"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """One box."""

    id: str
    title: Said
    sub: Said
    tone: str = ""
    """The classification of what lies in it, or ``""``."""
    urns: Sequence[str] = ()
    """The resources that it stands for."""


@dataclass(kw_only=True, slots=True)
class Zone:
    """One trust boundary and what is inside."""

    id: str
    sort: Sort
    title: Said
    sub: Said
    nodes: list[Node] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True, slots=True)
class Flow:
    """Something that moves, or may move, from one node to another."""

    source: str
    target: str
    means: Means
    detail: str = ""
    """The role or the property that allows it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """The whole picture."""

    project: str
    """The cloud project's name."""
    country: str
    """Where the cloud's part lies."""
    zones: Sequence[Zone]
    flows: Sequence[Flow]

    @property
    def nodes(self) -> dict[str, Node]:
        """Every node by its id."""
        return {node.id: node for zone in self.zones for node in zone.nodes}
