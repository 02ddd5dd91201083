"""Property values as recordings and state files know them: plain data, secrets and unknowns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
"""The key by which Pulumi marks a special value on the wire and in state."""

SEALED: Final = "1b47061264138c4ac30d75fd1eb44270"
"""The value of ``SIGNATURE`` that marks a secret."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that only the deployment can tell."""

    def __repr__(self) -> str:
        return "output<...>"


UNKNOWN: Final = Unknown()


@dataclass(frozen=True, slots=True)
class Secret:
    """A value that must not be shown; ``UNKNOWN`` inside when even this program cannot read it."""

    value: object

    def __repr__(self) -> str:
        return "[secret]"


@dataclass(frozen=True, slots=True)
class Default:
    """A value in a state file that the provider filled in by itself; the program said nothing about it."""

    value: object


def without_nulls(value: object) -> object:
    """``value`` without the keys that say nothing, as the engine sends inputs to a provider."""
    match value:
        case Secret():
            return Secret(without_nulls(value.value))
        case Mapping():
            return {key: without_nulls(item) for key, item in value.items() if item is not None}
        case list():
            return [without_nulls(item) for item in value]
    return value


def shown(value: object) -> object:
    """``value`` as plain JSON data, secrets and unknowns replaced by their names."""
    match value:
        case Secret() | Unknown():
            return repr(value)
        case Default():
            return shown(value.value)
        case Mapping():
            return {key: shown(item) for key, item in value.items()}
        case list() | tuple():
            return [shown(item) for item in value]
        case float() if value.is_integer():
            return int(value)
    return value
