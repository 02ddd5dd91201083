"""Property values as recordings and state files know them: plain data, secrets and unknowns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
"""The key by which Pulumi marks a special value on the wire and in state."""

SEALED: Final = "1b47061264138c4ac30d75fd1eb44270"
"""The value of ``SIGNATURE`` that marks a secret."""

ASSET: Final = "c44067f5952c0a294b673a41bacd8c17"
ARCHIVE: Final = "0def7320c3a5731c473e5ecbe6d01bc7"
RESOURCE: Final = "5cf8f73096256a8f31e491e813e4eb8e"
"""The values of ``SIGNATURE`` that mark a file, a set of files and a resource."""

UNKNOWNS: Final = frozenset(
    {
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",  # a string
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # a boolean
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # a number
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # an array
        "030794c1-ac77-496b-92df-f27374a8bd58",  # an asset
        "e48ece36-62e2-4504-bad9-02848725956a",  # an archive
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # an object
    }
)
"""What the engine writes for a value that it does not know yet (sdk/go/common/resource/plugin/rpc.go)."""


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
