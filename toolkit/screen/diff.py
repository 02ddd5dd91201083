"""Full property diffs: every value before and after."""

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff
from itertools import islice
from typing import Final

from rich.text import Text

from toolkit.compare import OPTION, Change
from toolkit.difference import PropertyChange
from toolkit.replacement import Verdict
from toolkit.screen.changes import KINDS, title
from toolkit.screen.paint import STYLES, clean
from toolkit.values import Default, shown

AROUND: Final = 2
"""So many lines are shown around a change in a longer text."""

FITS: Final = 90
"""A map or a list with no more letters than these stays on one line."""


def diffs(changes: Sequence[Change]) -> Iterator[Text]:
    """A block for each resource that does not stay the same: all inputs when new, else what differs."""
    differing = [change for change in changes if change.operation != "same" or change.properties]
    for at, change in enumerate(differing):
        yield from [Text()] if at else []
        yield Text.assemble(title(change), (f"  {change.operation}", STYLES[change.operation]))
        yield Text(f"    [urn={clean(change.urn)}]", "dim")
        if change.note:
            yield Text(f"    ({clean(change.note)})", "italic dim")
        yield from _inputs(change) if change.operation == "create" else _properties(change)


def _inputs(change: Change) -> Iterator[Text]:
    for key, value in change.resource.inputs.items():
        yield from _block(f"  + {clean(key)}: ", value, "green")


def _properties(change: Change) -> Iterator[Text]:
    for item in change.properties:
        mark, style = KINDS[item.kind]
        head = f"  {mark} {clean(item.name)}{_remark(item)}: "
        before, after = item.before, item.after
        if item.kind != "change":
            yield from _block(head, after if item.kind == "add" else before, style)
        elif isinstance(before, str) and isinstance(after, str) and "\n" in before + after:
            yield Text(head, style)
            yield from _text(before, after)
        else:
            yield Text.assemble((head, style), (_short(before), "red"), " => ", (_short(after), "green"))


def _remark(item: PropertyChange) -> str:
    if item.note == OPTION:
        return " [option]"
    return f" [{item.note}]" if item.note in {Verdict.REPLACES.value, Verdict.MAY_REPLACE.value} else ""


def _text(before: str, after: str) -> Iterator[Text]:
    """The lines of a longer text that went and came, each change with the lines around it and its place."""
    styles = {"-": "red", "+": "green", "@": "cyan", " ": "dim"}
    changed = unified_diff(before.splitlines(), after.splitlines(), n=AROUND, lineterm="")
    for line in islice(changed, 2, None):
        yield Text(f"      {clean(line)}", styles.get(line[:1], ""))


def _block(head: str, value: object, style: str) -> Iterator[Text]:
    """``value`` behind ``head``, on lines of its own when it holds others."""
    first, *rest = lines(value)
    yield Text.assemble((head, style), first)
    yield from (Text(f"    {line}") for line in rest)


def lines(value: object) -> list[str]:
    """A value as indented lines in JSON's manner; secrets and unknowns by their names, without quotes.

    What fits on one line stays on one, and a text of several lines, as a script is, keeps them.
    """
    match value:
        case Default():
            return lines(value.value)
        case Mapping() if value:
            inner = [_item(f"{clean(key)}: ", item) for key, item in value.items()]
            return _joined("{", inner, "}")
        case list() | tuple() if value:
            return _joined("[", [_item("", item) for item in value], "]")
        case str() if "\n" in value:
            return ["|", *(f"  {clean(line)}" for line in value.splitlines())]
    return [_short(value)]


def _joined(opening: str, inner: Sequence[Sequence[str]], closing: str) -> list[str]:
    """Blocks of lines between brackets, on one line when they fit there."""
    if all(len(block) == 1 for block in inner):
        line = ", ".join(block[0].strip() for block in inner)
        if len(line) <= FITS:
            return [f"{opening}{line}{closing}"]
    return [opening, *(line for block in inner for line in block), closing]


def _item(head: str, value: object) -> list[str]:
    first, *rest = lines(value)
    return [f"  {head}{first}", *(f"  {line}" for line in rest)]


def _short(value: object) -> str:
    """A value on one line."""
    plain = shown(value)
    if plain is not value and isinstance(plain, str):
        return plain
    return clean(json.dumps(plain, ensure_ascii=False, default=str))
