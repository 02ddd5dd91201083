"""What the report tells about one store."""

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.audit.words import Said


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """One place in which a store's data lies."""

    location: str
    """Empty when the graph does not tell."""
    country: str
    """ISO 3166-1; empty for a place in several countries, or an unknown one."""
    backup: bool = False
    """Whether only copies lie there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """The key under which a store is encrypted."""

    name: str
    urn: str = ""
    """Empty when the key is not made by this stack."""
    rotation_days: float | None = None
    hardware: bool = False
    note: Said | None = None
    """What else to say of it, for a key that no cloud keeps."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Somebody who can read a store, and by which grant."""

    member: str
    role: str
    how: Said
    condition: str = ""
    urn: str = ""
    """The grant."""
    account: str = ""
    """The URN of the account, when this stack makes it."""
    public: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Store:
    """One store: what, where, under which key, for how long, and who reads it."""

    urn: str
    type: str
    name: str
    kind: Said
    classification: str
    """Empty when no label says it."""
    spots: Sequence[Spot]
    keys: Sequence[Key]
    """None when the cloud encrypts with its own."""
    retention: Sequence[Said]
    backup: Sequence[Said]
    readers: Sequence[Reader]
    protected: bool
    otherwise: Said | None = None
    """Who gets in, where no grant can say it."""
    onsite: bool = False
    """Whether it lies on a hospital's own machines, so that no cloud encrypts it by itself."""
