"""Signs, colours and paper: what every part of the screen is made of."""

import json
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Final, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from toolkit.compare import Operation

SIGNS: Final[dict[Operation, str]] = {
    "create": "+",
    "update": "~",
    "replace": "+-",
    "delete": "-",
    "same": "=",
}

STYLES: Final[dict[Operation, str]] = {
    "create": "green",
    "update": "yellow",
    "replace": "magenta",
    "delete": "red",
    "same": "dim",
}

WORDS: Final[dict[Operation, str]] = {
    "create": "to create",
    "update": "to update",
    "replace": "to replace",
    "delete": "to delete",
    "same": "unchanged",
}

ENDLESS: Final = 1_000_000
"""The width of a pipe: whoever reads it wants whole names."""

HANG: Final = 4
"""How much further to the right a line goes on that is too long for the terminal."""


class Paper(Console):
    """A console that leaves a broken pipe to the command line."""

    def on_broken_pipe(self) -> None:
        """Say so, instead of ending the process."""
        raise BrokenPipeError


def paper(stream: TextIO) -> Paper:
    """Where to print: colours and the real width on a terminal, whole plain lines everywhere else."""
    width = None if stream.isatty() else ENDLESS
    return Paper(file=stream, width=width, highlight=False, markup=False, emoji=False)


def sign(operation: Operation) -> Text:
    """The operation's sign in its colour."""
    return Text(SIGNS[operation], STYLES[operation])


def clean(text: object) -> str:
    """``text`` without anything that a terminal would obey."""
    return "".join(
        letter if letter.isprintable() or letter == "\n" else json.dumps(letter)[1:-1] for letter in str(text)
    )


def columns(rows: Iterable[Sequence[Text]]) -> list[Text]:
    """One line for each row, its cells aligned to the left."""
    table = [*rows]
    widths = [max(map(_width, column)) for column in zip_longest(*table)]
    return [_line(row, widths) for row in table]


def put(console: Console, lines: Iterable[Text], indent: int = 2) -> None:
    """Print ``lines``; one that is too long for the terminal goes on below itself."""
    for line in lines:
        for at, piece in enumerate(_pieces(line, console, console.width - indent)):
            whole = Text.assemble(" " * (indent + (HANG if at else 0)), piece)
            whole.rstrip()
            console.print(whole, soft_wrap=True)


def _pieces(line: Text, console: Console, room: int) -> Iterable[Text]:
    """``line`` in pieces that fit."""
    if cell_len(line.plain) <= room:
        return [line]
    return line.wrap(console, max(room - HANG, 20), overflow="fold")


def _width(cell: Text | None) -> int:
    return cell_len(cell.plain) if cell else 0


def _line(row: Sequence[Text], widths: Sequence[int]) -> Text:
    line = Text()
    for cell, width in zip(row, widths, strict=False):
        line.append_text(cell).append(" " * (width - _width(cell) + 2))
    line.rstrip()
    return line
