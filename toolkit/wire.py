"""Property values between Pulumi's wire form (a protobuf ``Struct``) and plain data."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final

from toolkit.values import ARCHIVE, ASSET, RESOURCE, SEALED, SIGNATURE, UNKNOWN, Secret

messages: Any = import_module("google.protobuf.struct_pb2")
Struct: Final = messages.Struct
Value: Final = messages.Value
"""Protobuf makes its classes at run time, where no type checker sees them."""

UNKNOWN_MARK: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""What the SDK sends for a value that only the deployment can tell."""


def decode(properties: Any) -> dict[str, object]:
    """The properties as plain data; secrets stay secrets at the depth at which they were sent.

    Keys come sorted: on the wire they have no order. Whole numbers become ``int``. A file becomes
    ``{"asset": ...}``, a set of files ``{"archive": ...}``, a resource its URN.
    """
    return {key: _decoded(properties.fields[key]) for key in sorted(properties.fields)}


def secret(value: Any) -> Any:
    """A ``Value`` as a secret; ``None`` gives a secret that only the deployment can tell."""
    if value is not None and value.struct_value.fields.get(SIGNATURE, MISSING).string_value == SEALED:
        return value
    wrapped = Struct()
    wrapped.fields[SIGNATURE].string_value = SEALED
    wrapped.fields["value"].CopyFrom(value or Value(string_value=UNKNOWN_MARK))
    return Value(struct_value=wrapped)


def _decoded(value: Any) -> object:
    match value.WhichOneof("kind"):
        case "string_value":
            return UNKNOWN if value.string_value == UNKNOWN_MARK else value.string_value
        case "number_value":
            number = value.number_value
            return int(number) if number.is_integer() else number
        case "bool_value":
            return value.bool_value
        case "list_value":
            return [_decoded(item) for item in value.list_value.values]
        case "struct_value":
            return _structure(value.struct_value)
    return None


def _structure(struct: Any) -> object:
    content = decode(struct)
    mark = content.pop(SIGNATURE, None)
    return MARKED[mark](content) if isinstance(mark, str) and mark in MARKED else content


MISSING: Final = Value()

MARKED: Final[Mapping[str, Callable[[dict[str, object]], object]]] = {
    SEALED: lambda content: Secret(content.get("value")),
    ASSET: lambda content: {"asset": content},
    ARCHIVE: lambda content: {"archive": content},
    RESOURCE: lambda content: content["urn"],
}
"""What each marked structure means."""
