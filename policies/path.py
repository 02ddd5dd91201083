"""Where a property stands: ``settings.ipConfiguration.ipv4Enabled``, and how to read it there.

Beside dots there are ``["a key with.dots"]``, ``[0]``, ``[*]`` for every item of a list, and ``[name=x]`` for
the item whose ``name`` is ``x``. A path that ends in ``[option]`` is an option of the registration.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from toolkit.graph import Resource
from toolkit.values import UNKNOWN, Default, Secret, Unknown

PROTECT: Final = "protect [option]"
RETAIN: Final = "retainOnDelete [option]"

OPTIONS: Final[Mapping[str, str]] = {PROTECT: "protect", RETAIN: "retain_on_delete"}
"""Options by their paths, and the attribute of a resource that holds each."""

PART: Final = re.compile(
    r"""\[(?P<index>\d+)\]|\[(?P<every>\*)\]|\["(?P<quoted>[^"]+)"\]|\[(?P<key>\w+)=(?P<value>[^\]]+)\]
    |\.?(?P<plain>[^.\[\]]+)""",
    re.VERBOSE,
)


class Every(NamedTuple):
    """Every item of a list."""


class Item(NamedTuple):
    """The item of a list whose property ``key`` is ``value``."""

    key: str
    value: str


Step: TypeAlias = str | int | Every | Item
Found: TypeAlias = tuple[str, object]
"""A path without ``[*]``, and the value there: ``None`` when nothing is, ``UNKNOWN`` when nobody can tell."""


def found(resource: Resource, path: str) -> Iterator[Found]:
    """What stands at ``path``: one value, or one for each item of ``[*]``. A secret stays a secret."""
    option = OPTIONS.get(path)
    if option:
        yield path, getattr(resource, option)
        return
    walk = steps(path)
    if any(isinstance(step, Every) for step in walk):
        yield from _each(resource.inputs, walk, "")
    else:
        yield path, _at(resource.inputs, walk)


def first(resource: Resource, path: str) -> object:
    """The value at a path without ``[*]``, secrets laid open."""
    value = next(found(resource, path))[1]
    return value.value if isinstance(value, Secret) else value


def opened(value: object) -> object:
    """``value`` itself: no secret, and not marked as filled in by the provider."""
    while isinstance(value, Secret | Default):
        value = value.value
    return value


@cache
def steps(path: str) -> tuple[Step, ...]:
    """The steps from the inputs to the property."""
    return tuple(map(_step, PART.finditer(path)))


def _step(part: re.Match[str]) -> Step:
    if part["index"]:
        return int(part["index"])
    if part["every"]:
        return Every()
    if part["key"]:
        return Item(part["key"], part["value"])
    return part["quoted"] or part["plain"]


def _at(value: object, walk: Sequence[Step]) -> object:
    secret = False
    for step in walk if not isinstance(value, Unknown) else ():
        value = _next(value, step)
        secret = secret or _sealed(value)
        value = opened(value)
        if value is None or isinstance(value, Unknown):
            break
    return Secret(value) if secret and value is not None else value


def _next(value: object, step: Step) -> object:
    """One step further."""
    if isinstance(value, Mapping):
        return value.get(step) if isinstance(step, str) else None
    if not isinstance(value, list | tuple):
        return None
    if isinstance(step, int):
        return value[step] if step < len(value) else None
    if isinstance(step, Item):
        known = (item for item in map(opened, value) if isinstance(item, Mapping))
        named = next((item for item in known if opened(item.get(step.key)) == step.value), None)
        return UNKNOWN if named is None and any(isinstance(item, Unknown) for item in value) else named
    return None


def _each(value: object, walk: Sequence[Step], prefix: str) -> Iterator[Found]:
    """Like ``_at``, for every item of the lists on the way."""
    at = next((index for index, step in enumerate(walk) if isinstance(step, Every)), None)
    if at is None:
        yield f"{prefix}{written(walk)}".lstrip("."), _at(value, walk)
        return
    here, rest = f"{prefix}{written(walk[:at])}".lstrip("."), walk[at + 1 :]
    stands = _at(value, walk[:at])
    items = opened(stands)
    if isinstance(items, Unknown):
        yield f"{here}[*]{written(rest)}", UNKNOWN
    for index, item in enumerate(items if isinstance(items, list | tuple) else ()):
        inside = _each(opened(item), rest, f"{here}[{index}]")
        hidden = isinstance(stands, Secret) or _sealed(item)
        yield from ((path, _hidden(each) if hidden else each) for path, each in inside)


def _sealed(value: object) -> bool:
    return isinstance(value.value if isinstance(value, Default) else value, Secret)


def _hidden(value: object) -> object:
    return value if value is None or isinstance(value, Secret) else Secret(value)


def written(walk: Sequence[Step]) -> str:
    """Steps as they are written, each after the one before."""
    return "".join(map(_written, walk))


def _written(step: Step) -> str:
    match step:
        case Every():
            return "[*]"
        case Item():
            return f"[{step.key}={step.value}]"
        case int():
            return f"[{step}]"
    return f".{step}" if re.fullmatch(r"[^.\[\]]+", step) else f'["{step}"]'


def inner(value: object, *keys: str) -> object:
    """What stands below a mapping under one key after the other; ``None`` when something is missing."""
    for key in keys:
        value = opened(value)
        value = value.get(key) if isinstance(value, Mapping) else None
    return opened(value)
