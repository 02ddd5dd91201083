"""Property values as state files hold them, made plain data again."""

import json
from collections.abc import Callable, Mapping
from typing import Final

from toolkit.values import SEALED, SIGNATURE, UNKNOWN, Default, Secret

ASSET: Final = "c44067f5952c0a294b673a41bacd8c17"
ARCHIVE: Final = "0def7320c3a5731c473e5ecbe6d01bc7"
RESOURCE: Final = "5cf8f73096256a8f31e491e813e4eb8e"
OUTPUT: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"

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


def properties(raw: Mapping[str, object]) -> dict[str, object]:
    """A state file's inputs or outputs as plain data, without what the engine keeps for itself (``__...``).

    What ``__defaults`` lists was filled in by the provider and comes as ``Default``; so does a map of which
    the program wrote nothing at all.
    """
    listed = raw.get("__defaults")
    filled = frozenset(listed) if isinstance(listed, list) else frozenset()
    plain = {key: decoded(value) for key, value in raw.items() if not key.startswith("__")}
    return {key: Default(value) if key in filled else value for key, value in plain.items()}


def decoded(value: object) -> object:
    """One value as plain data, ``Secret``, ``Default`` or ``UNKNOWN``."""
    match value:
        case str() if value in UNKNOWNS:
            return UNKNOWN
        case list():
            return [decoded(item) for item in value]
        case dict() if SIGNATURE in value:
            decode = SPECIAL.get(str(value[SIGNATURE]), _strange)
            return decode(value)
        case dict():
            return folded(properties(value))
    return value


def folded(plain: dict[str, object]) -> object:
    """A map that holds nothing but defaults is one itself."""
    only_defaults = plain and all(isinstance(item, Default) for item in plain.values())
    return Default(plain) if only_defaults else plain


def _secret(value: Mapping[str, object]) -> Secret:
    """A secret: readable when it was exported with ``--show-secrets``, unknown when it is encrypted."""
    if "plaintext" in value:
        return Secret(decoded(json.loads(str(value["plaintext"]))))
    return Secret(decoded(value["value"]) if "value" in value else UNKNOWN)


def _output(value: Mapping[str, object]) -> object:
    known = decoded(value["value"]) if "value" in value else UNKNOWN
    return Secret(known) if value.get("secret") else known


def _asset(value: Mapping[str, object]) -> object:
    return {"asset": _file(value)}


def _archive(value: Mapping[str, object]) -> object:
    return {"archive": _file(value)}


def _file(value: Mapping[str, object]) -> object:
    """What a file or a set of files holds; its hash is the engine's, programs do not send one."""
    content = {key: decoded(item) for key, item in value.items() if key != SIGNATURE and item != ""}
    return {key: Default(item) if key == "hash" else item for key, item in content.items()}


def _reference(value: Mapping[str, object]) -> object:
    return value["urn"]


def _strange(value: Mapping[str, object]) -> object:
    """A mark that this reader does not know; unknown compares with anything."""
    del value
    return UNKNOWN


SPECIAL: Final[Mapping[str, Callable[[Mapping[str, object]], object]]] = {
    SEALED: _secret,
    OUTPUT: _output,
    ASSET: _asset,
    ARCHIVE: _archive,
    RESOURCE: _reference,
}
