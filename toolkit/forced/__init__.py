"""Which inputs force a replacement: what the provider knows and its Python SDK does not carry.

``<package>.json`` is taken from a provider's own schema; it says of which version, and beside which SDK it is
kept. ``make forced`` writes it anew from the provider that belongs to the pinned SDK. Where the schema is
older, what it does not know is left to the SDK's documentation (``toolkit.replacement``).
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path as File
from types import MappingProxyType
from typing import Any, Final

from toolkit.difference import PropertyChange
from toolkit.paths import Path
from toolkit.values import Secret

FOLDER: Final = File(__file__).parent

SOMETIMES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "gcp:compute/disk:Disk": frozenset({"size"}),
        "gcp:compute/subnetwork:Subnetwork": frozenset({"ipCidrRange"}),
        "gcp:sql/databaseInstance:DatabaseInstance": frozenset(
            {"settings.diskSize", "settings.ipConfiguration.privateNetwork"}
        ),
    }
)
"""What the provider decides by the values: a range or disk that shrinks, a network that is taken away."""


def forced(token: str) -> frozenset[str] | None:
    """The dotted inputs of a resource type that force a replacement; ``None`` when the type is not known."""
    found = _types(token.partition(":")[0]).get(token)
    return None if found is None else frozenset(found)


def forces(names: frozenset[str], change: PropertyChange) -> bool:
    """Whether a change touches one of ``names``: at it, below it, or in a block that comes or goes."""
    at = _dotted(change.path)
    inside = {f"{at}.{path}" for value in (change.before, change.after) for path in _below(value)}
    return any(at == name or at.startswith(f"{name}.") or name in inside for name in names)


def sometimes(token: str, change: PropertyChange) -> bool:
    """Whether the provider looks at the values before it says whether a change replaces the resource."""
    return forces(SOMETIMES.get(token, frozenset()), change)


def packages() -> list[str]:
    """The packages whose providers were asked."""
    return sorted(file.stem for file in FOLDER.glob("*.json"))


@cache
def content(package: str) -> Mapping[str, Any]:
    """What a package's file says: ``sdk``, ``schema`` and ``types``; empty when there is none."""
    file = FOLDER / f"{package}.json"
    return json.loads(file.read_bytes()) if package.isidentifier() and file.is_file() else {}


def _types(package: str) -> Mapping[str, list[str]]:
    return content(package).get("types", {})


def _dotted(path: Path) -> str:
    return ".".join(step for step in path if isinstance(step, str))


def _below(value: object) -> set[str]:
    """The dotted names of everything inside a value, without positions."""
    match value:
        case Secret():
            return _below(value.value)
        case Mapping():
            inner = {key: _below(item) for key, item in value.items()}
            return {*inner, *(f"{key}.{path}" for key, paths in inner.items() for path in paths)}
        case list() | tuple():
            return {path for item in value for path in _below(item)}
    return set()
