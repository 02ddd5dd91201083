"""Standard output, kept for what the command itself has to say."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import TextIO


def reserved(*, document: bool) -> TextIO:
    """The real standard output; from here on whatever else writes there writes to standard error.

    That is a program's ``print``, a process that it starts, and what it does on its way out. A document is
    UTF-8 whatever the terminal is; a screen shows ``?`` for what the terminal has no letter for.
    """
    sys.stdout.flush()
    encoding = "utf-8" if document else sys.stdout.encoding
    kept = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.stdout = sys.stderr
    return os.fdopen(kept, "w", encoding=encoding, errors="replace")


@contextmanager
def closing(out: TextIO) -> Generator[None]:
    """Write to ``out`` and close it; a reader that leaves early is no error, a full disk is ``OSError``."""
    try:
        yield
        out.close()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())  # what is buffered still must go somewhere
        out.close()
        if not isinstance(error, BrokenPipeError):
            raise
