"""Property values as state files hold them, made plain data again."""

import json
from collections.abc import Callable, Mapping
from typing import Final

from toolkit.values import ARCHIVE, ASSET, RESOURCE, SEALED, SIGNATURE, UNKNOWN, UNKNOWNS, Default, Secret

OUTPUT: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"


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
