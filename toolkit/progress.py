"""A line that shows that something is going on."""

import os
import sys
import time
from types import TracebackType
from typing import Final, Self, TextIO

PAUSE: Final = 0.08
"""Seconds between two states of the line: quicker cannot be read."""


class Progress:
    """How many resources are recorded so far, on one line of a terminal; silent anywhere else.

    A terminal that cannot go back to the beginning of a line says so by its name, ``dumb``.
    """

    def __init__(self, what: str, stream: TextIO | None = None) -> None:
        self._what = what
        self._stream = stream or sys.stderr
        self._visible = self._stream.isatty() and os.environ.get("TERM") != "dumb"
        self._next = 0.0

    def __enter__(self) -> Self:
        self(0)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._write("")

    def __call__(self, recorded: int) -> None:
        """Show that ``recorded`` resources are known."""
        if time.monotonic() >= self._next:
            self._write(f"{self._what}: {recorded} resources" if recorded else f"{self._what} ...")
            self._next = time.monotonic() + PAUSE

    def _write(self, line: str) -> None:
        if self._visible:
            self._stream.write(f"\r\x1b[2K{line}")
            self._stream.flush()
