"""What differs between two sets of inputs, property by property."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, Literal

from toolkit.paths import Path, written
from toolkit.values import Default, Secret, Unknown

MISSING: Final = object()

SPELLING: Final = re.compile(r"^(https://www\.googleapis\.com/compute/(v1|beta)/|b/)")
"""What Google puts before the path of a Compute resource, and the provider before the name of a bucket."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PropertyChange:
    """One property that a resource gains, loses or changes."""

    path: Path
    kind: Literal["add", "remove", "change"]
    before: object = None
    after: object = None
    note: str = ""
    """``option`` for a resource option; for an input what it does to the resource, where that is known."""

    @property
    def name(self) -> str:
        """The path as Pulumi writes it."""
        return written(self.path)


def differences(before: object, after: object, path: Path = ()) -> Iterator[PropertyChange]:
    """Every property in which ``after`` differs from ``before``, maps by key and lists by index.

    An unknown is equal to anything, a secret is compared by what it hides and never looked into, and what the
    provider filled in by itself counts as missing as long as the program says nothing.
    """
    if isinstance(before, Default):
        before = before.value if _there(after) else MISSING
    if isinstance(after, Default):
        after = after.value if _there(before) else MISSING
    if not _there(before) or not _there(after):
        yield from _edge(before, after, path)
    elif not isinstance(before, Unknown) and not isinstance(after, Unknown):
        yield from _between(before, after, path)


def _between(before: object, after: object, path: Path) -> Iterator[PropertyChange]:
    """The differences of two known values."""
    match before, after:
        case (Secret(), _) | (_, Secret()):
            if any(differences(_opened(before), _opened(after))):
                yield PropertyChange(path=path, kind="change", before=_hidden(before), after=_hidden(after))
        case Mapping(), Mapping():
            for key in dict.fromkeys([*before, *after]):
                yield from differences(before.get(key, MISSING), after.get(key, MISSING), (*path, key))
        case (list() | tuple(), list() | tuple()):
            for index, pair in enumerate(zip_longest(before, after, fillvalue=MISSING)):
                yield from differences(*pair, (*path, index))
        case _ if _text(before) != _text(after):
            yield PropertyChange(path=path, kind="change", before=before, after=after)


def _edge(before: object, after: object, path: Path) -> Iterator[PropertyChange]:
    """A property that only one side has; empty maps and lists say nothing."""
    if _there(after) and not _empty(after):
        yield PropertyChange(path=path, kind="add", after=after)
    elif _there(before) and not _empty(before):
        yield PropertyChange(path=path, kind="remove", before=before)


def _there(value: object) -> bool:
    return value is not MISSING and value is not None


def _empty(value: object) -> bool:
    return isinstance(value, Mapping | Sequence) and not isinstance(value, str) and not value


def _opened(value: object) -> object:
    return value.value if isinstance(value, Secret) else value


def _hidden(value: object) -> Secret:
    return value if isinstance(value, Secret) else Secret(value)


def _text(value: object) -> str:
    """Providers read ``"5"`` and ``5``, ``"true"`` and ``True`` alike, so these do not differ.

    Nor do a name and what Google answers for it, which a refresh writes into the state.
    """
    match value:
        case bool():
            return str(value).lower()
        case float() if value.is_integer():
            return str(int(value))
    return SPELLING.sub("", str(value))
