"""A value against what the SDK's types allow, at any depth."""

import json
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, Final, Literal, NamedTuple, get_args, get_origin

from pulumi import Archive, Asset

from toolkit.inputs.shape import Kind, Shape, alternatives, is_object
from toolkit.inputs.words import found, unknown, wanted
from toolkit.paths import Path
from toolkit.values import Secret, Unknown

FILES: Final = frozenset({Asset, Archive})


class Place(NamedTuple):
    """Where a value stands, and whether messages may say what it is."""

    path: Path
    hidden: bool = False

    def __truediv__(self, step: str | int) -> "Place":
        return self._replace(path=(*self.path, step))


class Finding(NamedTuple):
    """One thing that is wrong, and where."""

    path: Path
    message: str


def properties(values: Mapping[str, object], shape: Shape, place: Place) -> Iterator[Finding]:
    """What is wrong with the properties of one object."""
    for name, value in values.items():
        if name in shape.kinds:
            yield from findings(value, shape.kinds[name], place / name)
        else:
            yield Finding((place / name).path, unknown(name, shape))
    present = {name for name, value in values.items() if value is not None}
    for name in sorted(shape.required - present):
        kinds = f": write {wanted(shape.kinds[name])}" if shape.kinds[name] else ""
        yield Finding((place / name).path, f"is missing, and required{kinds}")


def findings(value: object, kinds: Sequence[Kind], place: Place) -> Iterator[Finding]:
    """What is wrong with a value that may be any of ``kinds``; the least wrong of them is told."""
    if isinstance(value, Secret):
        value, place = value.value, place._replace(hidden=True)
    if value is None or isinstance(value, Unknown) or not kinds:
        return
    fitting = [kind for kind in kinds if _fits(value, kind)]
    if not fitting:
        yield Finding(place.path, f"is {found(value, hidden=place.hidden)}, not {wanted(kinds)}")
    else:
        yield from min(([*_inside(value, kind, place)] for kind in fitting), key=len)


def encoded(values: Mapping[str, object], shape: Shape) -> dict[str, object]:
    """A provider's inputs with whatever is no text decoded: on the wire it is JSON."""
    return {
        name: _decoded(value) if name in shape.kinds and str not in shape.kinds[name] else value
        for name, value in values.items()
    }


def _decoded(value: object) -> object:
    if isinstance(value, Secret):
        return Secret(_decoded(value.value))
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _inside(value: Any, kind: Kind, place: Place) -> Iterator[Finding]:
    """What is wrong within a value that is, on the outside, what it should be."""
    if is_object(kind):
        yield from properties(value, Shape.of(kind), place)
    elif get_origin(kind) is Sequence:
        element = alternatives(get_args(kind)[0])
        for index, item in enumerate(value):
            yield from findings(item, element, place / index)
    elif get_origin(kind) is Mapping:
        element = alternatives(get_args(kind)[1])
        for name, item in value.items():
            yield from findings(item, element, place / name)


def _fits(value: object, kind: Kind) -> bool:
    """Whether a value is, on the outside, of a kind; what the SDK leaves open fits always."""
    origin = get_origin(kind)
    if origin is Sequence:
        return isinstance(value, list)
    if origin is Literal:
        return value in get_args(kind)
    if origin is Mapping or is_object(kind):
        return isinstance(value, Mapping)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return value in [member.value for member in kind]
    if kind is bool or isinstance(value, bool):
        return kind not in SCALARS or (kind is bool and isinstance(value, bool))
    return isinstance(value, SCALARS.get(kind, object))


SCALARS: Final[Mapping[Any, Any]] = {str: str, bool: bool, int: int, float: int | float}
