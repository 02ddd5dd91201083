"""The graph that a program asks the engine for: one record for each registration, options included."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

STACK = "pulumi:pulumi:Stack"


@dataclass(frozen=True, kw_only=True, slots=True)
class Resource:
    """One registration. Addresses are URNs in the engine's form: the whole chain of parent types."""

    urn: str
    type: str
    name: str
    custom: bool
    parent: str = ""
    provider: str = ""
    """The provider's URN, without its id."""
    inputs: Mapping[str, object] = field(default_factory=dict)
    """camelCase keys; values are plain data, ``Secret`` or ``UNKNOWN``."""
    outputs: Mapping[str, object] | None = None
    """What a component registered as its outputs; ``None`` as long as it has not sealed itself."""
    dependencies: Sequence[str] = ()
    property_dependencies: Mapping[str, Sequence[str]] = field(default_factory=dict)
    protect: bool = False
    retain_on_delete: bool = False
    deleted_with: str = ""
    ignore_changes: Sequence[str] = ()
    replace_on_changes: Sequence[str] = ()
    delete_before_replace: bool = False
    additional_secret_outputs: Sequence[str] = ()
    aliases: Sequence[str] = ()
    import_id: str = ""
    timeouts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """What the real engine or provider would refuse, and where."""

    urn: str
    path: str
    message: str


@dataclass(kw_only=True, slots=True)
class Graph:
    """Everything that one run of a program registered."""

    project: str
    stack: str
    resources: dict[str, Resource] = field(default_factory=dict)
    exports: Mapping[str, object] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _typed: dict[str, list[tuple[int, Resource]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _counted: int = field(default=-1, init=False, repr=False, compare=False)

    def children(self) -> dict[str, list[Resource]]:
        """The resources below each parent's URN, in the order of their registration."""
        below: dict[str, list[Resource]] = {}
        for resource in self.resources.values():
            below.setdefault(resource.parent, []).append(resource)
        return below

    def typed(self) -> Mapping[str, Sequence[tuple[int, Resource]]]:
        """The resources of each type, each with its place in the order of registration.

        It is made once for a graph that is complete: hundreds of demands ask for it.
        """
        if self._counted != len(self.resources):
            self._typed = {}
            for at, resource in enumerate(self.resources.values()):
                self._typed.setdefault(resource.type, []).append((at, resource))
            self._counted = len(self.resources)
        return self._typed
