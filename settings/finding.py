"""One thing that is wrong in a stack file, and how to reach into a file that may be wrong anywhere."""

import json
import re
from collections.abc import Iterator, Mapping
from ipaddress import IPv4Address, IPv4Network
from typing import Final, NamedTuple, TypeVar

T = TypeVar("T", IPv4Network, IPv4Address)

Path = tuple[str | int, ...]

PLAIN: Final = re.compile(r"[\w-]+")


class Finding(NamedTuple):
    """What is wrong (``message``, with what to write instead), where, and the value found there."""

    path: Path
    value: object
    message: str


def reach(raw: object, *path: str) -> object:
    """The value at ``path``, or ``None`` when the way there is missing or of another shape."""
    for key in path:
        if not isinstance(raw, Mapping):
            return None
        raw = raw.get(key)
    return raw


def sites(raw: object) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Each site that is a mapping at all, with its position."""
    listed = reach(raw, "sites")
    for index, site in enumerate(listed if isinstance(listed, list | tuple) else ()):
        if isinstance(site, Mapping):
            yield index, site


def read(kind: type[T], value: object) -> T | None:
    """``value`` as an address or a range; ``None`` when it is none, which is reported where it stands."""
    try:
        return kind(str(value))
    except ValueError:
        return None


def dotted(path: Path) -> str:
    """A path as people write it: ``sites[0].lan``; a key that is no plain word in quotes."""
    words = (step if isinstance(step, int) or PLAIN.fullmatch(step) else json.dumps(step) for step in path)
    steps = (f"[{word}]" if isinstance(word, int) else f".{word}" for word in words)
    return "".join(steps).removeprefix(".")
