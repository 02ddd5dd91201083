"""The components as a tree, each with the number of resources that meet each operation."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from rich.text import Text

from toolkit.compare import OPERATIONS, Change, Operation
from toolkit.screen.forest import Branch, components, forest, stack_first
from toolkit.screen.paint import SIGNS, STYLES, clean, columns

ALIKE: Final = 6
"""So many components of one type stand beside each other before the rest becomes one line."""

Row = tuple[dict[str, int], Text, Text]


def overview(changes: Sequence[Change]) -> list[Text]:
    """One line for each component: counts, name, type. A component counts itself and all inside it."""
    rows = [row for root in stack_first(forest(changes)) for row in _tree(root)]
    met = [operation for operation in OPERATIONS if any(counts[operation] for counts, _, _ in rows)]
    cells = [_counts([counts for counts, _, _ in rows], operation) for operation in met]
    return columns([(*(cell[at] for cell in cells), name, kind) for at, (_, name, kind) in enumerate(rows)])


def _tree(root: Branch) -> Iterator[Row]:
    resource = root.change.resource
    yield root.totals(), Text(clean(resource.name), "bold"), Text()
    if not resource.custom:
        yield from _inside(root, Text())


def _inside(branch: Branch, margin: Text) -> Iterator[Row]:
    """The rows of the components inside ``branch``."""
    rows = [
        (members, hidden)
        for _, alike in groupby(components(branch), key=lambda inner: inner.change.resource.type)
        for members, hidden in _folded([*alike])
    ]
    for at, (members, hidden) in enumerate(rows):
        last = at == len(rows) - 1
        resource = members[0].change.resource
        name = f"{len(members)} more" if hidden else clean(resource.name)
        guide = Text.assemble(margin, ("└─ " if last else "├─ ", "dim"))
        yield _sum(members), Text.assemble(guide, (name, "dim" if hidden else "")), _kind(resource.type)
        if not hidden:
            yield from _inside(members[0], Text.assemble(margin, ("   " if last else "│  ", "dim")))


def _folded(alike: list[Branch]) -> Iterator[tuple[list[Branch], bool]]:
    """Siblings of one type, one by one; of too many those that change, and the others together."""
    if len(alike) <= ALIKE:
        yield from (([branch], False) for branch in alike)
        return
    telling = sorted(range(len(alike)), key=lambda at: _same(alike[at]))[: ALIKE - 1]
    yield from (([alike[at]], False) for at in sorted(telling))
    yield [branch for at, branch in enumerate(alike) if at not in telling], True


def _same(branch: Branch) -> bool:
    return all(change.operation == "same" for change in branch.all())


def _sum(branches: Sequence[Branch]) -> dict[str, int]:
    counted = [branch.totals() for branch in branches]
    return {operation: sum(counts[operation] for counts in counted) for operation in OPERATIONS}


def _kind(token: str) -> Text:
    """A component's type without the project, which is the same for all of them."""
    return Text(clean(token.partition(":")[2] or token), "dim")


def _counts(rows: Sequence[dict[str, int]], operation: Operation) -> list[Text]:
    """One column of counts, its numbers aligned to the right; empty where nothing meets the operation."""
    width = len(str(max(counts[operation] for counts in rows)))
    return [
        Text(
            f"{SIGNS[operation]}{counts[operation]:>{width}}" if counts[operation] else "", STYLES[operation]
        )
        for counts in rows
    ]
