"""Secrets that stand in clear, found by the name of their property or by form, and told by place only."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from policies.secrecy import NAMES
from policies.secrecy import leaks as seen
from toolkit.paths import Path, written
from toolkit.values import Default, Secret

Reason: TypeAlias = Literal["name", "form", "twice", "export"]
"""A telling name; a telling form; a secret of another place again; an export with ``--show-secrets``."""

LEAST: Final = 8
"""A known secret shorter than this may stand elsewhere by chance."""

CALLED: Final = frozenset(
    {*("name", "project", "location", "region", "bucket", "accountId", "secretId", "host", "hostKey", "user")}
)
"""Properties that say what something is called, where it lies, or whom one asks there."""

OPEN: Final = re.compile(
    r"(?:\d{1,3}\.){3}\d{1,3}(?:/\d+)?|https?://[^\s@?]+|[a-z0-9-]+(?:\.[a-z0-9-]+)+"
    r"|(?:ssh|ecdsa)-\S+ AAAA\S+.*|-----BEGIN (?:CERTIFICATE|PUBLIC KEY)-----.*",
    re.DOTALL,
)
"""Addresses, hosts, public keys and certificates."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """The properties of one resource, and which of them these are."""

    urn: str
    part: str
    """``inputs``, ``outputs`` or ``exports``: the first step of every path."""
    values: Mapping[str, object]


@dataclass(frozen=True, kw_only=True, slots=True)
class Leak:
    """A secret in clear. Its value is not here: whatever holds a ``Leak`` can be shown."""

    urn: str
    path: str
    reason: Reason


def leaks(places: Iterable[Place], *, exported: bool) -> tuple[list[Leak], frozenset[str]]:
    """Every secret in clear, and all their texts: what no report may show, wherever it stands.

    ``exported``: the places are those of a file, in which even a marked secret must not be readable.
    """
    places = [*places]
    called = frozenset(text for place in places for text in _called(place.values))
    sealed = frozenset(text for place in places for text in _sealed(place.values, called))
    found: list[Leak] = []
    texts = set(sealed)
    for place in places:
        for path, text, reason in _open(place.values, (place.part,), _Known(sealed, called, exported)):
            found.append(Leak(urn=place.urn, path=written(path), reason=reason))
            texts.add(text)
    return found, frozenset(texts)


@dataclass(frozen=True, slots=True)
class _Known:
    sealed: frozenset[str]
    called: frozenset[str]
    exported: bool


def _open(value: object, path: Path, known: _Known) -> Iterator[tuple[Path, str, Reason]]:
    """The texts at ``path`` and below that should be secrets, and how that was seen."""
    match value:
        case Default():
            yield from _open(value.value, path, known)
        case Secret():
            if known.exported and any(_texts(value.value)):
                yield path, next(iter(_hiding(value.value, known.called)), ""), "export"
        case Mapping() | list() | tuple():
            yield from _pair(value, path)
            for step, item in _items(value):
                yield from _open(item, (*path, step), known)
        case str() if reason := _reason(value, path, known):
            yield path, value, reason


def _pair(value: object, path: Path) -> Iterator[tuple[Path, str, Reason]]:
    """An entry like ``{name: DB_PASSWORD, value: ...}``, as containers take them."""
    match value:
        case {"name": str() as name, "value": str() as text} if [*seen({"name": name, "value": text})]:
            yield (*path, "value"), text, "name"


def _items(value: object) -> Iterator[tuple[str | int, object]]:
    """What a map or a list holds, each with its step; nothing of anything else."""
    match value:
        case Mapping():
            yield from value.items()
        case list() | tuple():
            yield from enumerate(value)


def _reason(text: str, path: Path, known: _Known) -> Reason | None:
    """How a text is seen to be a secret, by the same knowledge as the rule on secrets has."""
    if any(seen(text)):
        return "form"
    key = str(next((step for step in reversed(path) if isinstance(step, str)), ""))
    if any(seen(text, key=key)):
        return "name"
    return "twice" if len(text) >= LEAST and text in known.sealed else None


def _sealed(value: object, called: frozenset[str]) -> Iterator[str]:
    """The texts inside of what is marked as secret, as far as they can be read."""
    match value:
        case Secret():
            yield from (text for text in _hiding(value.value, called) if len(text) >= LEAST)
        case Default():
            yield from _sealed(value.value, called)
        case _:
            for _, item in _items(value):
                yield from _sealed(item, called)


def _hiding(value: object, called: frozenset[str]) -> Iterator[str]:
    """The secrets in a sealed value. A map is sealed whole for the sake of one of its members.

    So what its others say of a machine or a bucket, which the rest of the stack may name, hides nothing.
    """
    if not isinstance(value, Mapping):
        yield from _texts(value)
        return
    for key, item in value.items():
        if isinstance(item, Mapping):
            yield from _hiding(item, called)
        elif key not in CALLED:
            telling = NAMES.search(key.replace("-", "").replace("_", "").lower())
            yield from (text for text in _texts(item) if telling or not _is_open(text, called))


def _is_open(text: str, called: frozenset[str]) -> bool:
    return text in called or OPEN.fullmatch(text) is not None


def _called(values: Mapping[str, object]) -> Iterator[str]:
    """What resources are called and where they lie, in so many words."""
    for key, value in values.items():
        if key in CALLED and isinstance(value, str):
            yield value


def _texts(value: object) -> Iterator[str]:
    """Every text and number inside of ``value``."""
    match value:
        case str():
            yield value
        case Secret() | Default():
            yield from _texts(value.value)
        case int() | float() if not isinstance(value, bool):
            yield str(value)
        case _:
            for _, item in _items(value):
                yield from _texts(item)
