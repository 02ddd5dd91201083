"""Changed resources, one line each, as ``pulumi preview`` prints them."""

from collections.abc import Iterator, Sequence
from typing import Final

from rich.text import Text

from toolkit.compare import OPTION, SILENCE, Change
from toolkit.difference import PropertyChange
from toolkit.replacement import Verdict
from toolkit.screen.forest import Branch, forest, stack_first
from toolkit.screen.paint import STYLES, clean, columns, sign

FEW: Final = 30
"""So many changed resources are listed on the first screen."""

KINDS: Final = {"add": ("+", "green"), "remove": ("-", "red"), "change": ("~", "yellow")}


def changed(changes: Sequence[Change]) -> list[Text]:
    """What changed, for the first screen: never more than a screenful."""
    listed = [change for change in changes if change.operation != "same" or change.properties]
    rest = len(listed) - FEW
    more = [Text(f"... and {rest} more: ask for all of them (--all)", "dim")] if rest > 0 else []
    return columns([_row(change, Text()) for change in listed[:FEW]]) + more + _silence(listed)


def every(changes: Sequence[Change]) -> list[Text]:
    """Every resource below its parent."""
    rows = [row for root in stack_first(forest(changes)) for row in _tree(root, "", "")]
    return columns(rows) + _silence(changes)


def title(change: Change) -> Text:
    """A resource on one line: sign, type, name."""
    style = STYLES[change.operation]
    resource = change.resource
    return Text.assemble(
        sign(change.operation), " ", (clean(resource.type), style), " ", (clean(resource.name), "bold")
    )


def _tree(branch: Branch, guide: str, margin: str) -> Iterator[tuple[Text, ...]]:
    yield _row(branch.change, Text(guide, "dim"))
    for inner in branch.below:
        last = inner is branch.below[-1]
        yield from _tree(inner, f"{margin}{'└─ ' if last else '├─ '}", f"{margin}{'   ' if last else '│  '}")


def _row(change: Change, guide: Text) -> tuple[Text, ...]:
    """Sign, operation, and then the tree, unaligned: one long type must not push all names off the screen."""
    resource = change.resource
    style = STYLES[change.operation]
    same = change.operation == "same"
    named = Text.assemble(
        guide, (clean(resource.type), style), " ", (clean(resource.name), "dim" if same else "bold")
    )
    told = _told(change)
    line = Text("  ").join((named, told)) if told.plain else named
    return sign(change.operation), Text("" if same else change.operation, style), line


def _silence(changes: Sequence[Change]) -> list[Text]:
    """Said once below the list, not on every line."""
    count = sum(change.note == SILENCE for change in changes)
    if not count:
        return []
    return [
        Text(f"Of {count} to update, the SDK does not say whether that replaces the resource.", "italic dim")
    ]


def _told(change: Change) -> Text:
    """The names of the changed properties, and what to know."""
    named = Text(", ").join(map(_named, change.properties))
    silent = change.note in {"", SILENCE}
    note = Text("" if silent else f"({clean(change.note)})", "italic dim")
    return Text(" ").join(part for part in (named, note) if part.plain)


def _named(change: PropertyChange) -> Text:
    mark, style = KINDS[change.kind]
    text = Text.assemble((mark, style), clean(change.name))
    if change.note == OPTION:
        text.append(" [option]", "dim")
    if change.note == Verdict.REPLACES.value:
        text.append(" replaces", "magenta")
    return text
