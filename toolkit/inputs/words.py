"""How values and kinds of values are called in messages."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from enum import Enum
from typing import Any, Final, Literal, get_args, get_origin

from toolkit.inputs.shape import Kind, Shape

NAMES: Final[Mapping[Any, str]] = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
}

SHOWN: Final = 8
"""How many names of properties a message lists at most."""


def found(value: object, *, hidden: bool) -> str:
    """What a value is; what it says only when it is no secret."""
    match value:
        case Mapping():
            return "a mapping"
        case list():
            return "a list"
    kind = "text" if isinstance(value, str) else "a boolean" if isinstance(value, bool) else "a number"
    if hidden:
        return kind
    return f"the text {value!r}" if isinstance(value, str) else str(value).lower()


def wanted(kinds: Sequence[Kind]) -> str:
    """What would be right."""
    return " or ".join(dict.fromkeys(_name(kind) for kind in kinds))


def unknown(name: str, shape: Shape) -> str:
    """That there is no property ``name``, and the nearest one in the spelling that its author uses."""
    if name in shape.python.values():
        right = next(wire for wire, python in shape.python.items() if python == name)
        return f"no such property; the SDK does not translate names here: write {right}"
    spelled = {wire if name != name.lower() else python: wire for wire, python in shape.python.items()}
    if near := get_close_matches(name, spelled, n=1):
        return f"no such property; did you mean {near[0]}?"
    names = sorted(spelled)
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"no such property; there are {', '.join(names[:SHOWN])}{more}" if names else "no such property"


def _name(kind: Kind) -> str:
    if get_origin(kind) is Literal:
        return " or ".join(map(repr, get_args(kind)))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return " or ".join(repr(member.value) for member in kind)
    return NAMES.get(kind) or ("a list" if get_origin(kind) is Sequence else "a mapping")
