"""Keeps prompts and answers out of every log: libraries print what they choke on, which is patient data."""

import logging
import os
import socketserver
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

Say = Callable[[str], None]


def diary(file: Path) -> Say:
    """Writes lines of ours alone; the file is opened for each, so that it may be rotated at any time."""

    def say(line: str) -> None:
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        with file.open("a", encoding="utf-8") as out:
            out.write(f"{stamp} {line}\n")

    return say


def fault(error: BaseException | None) -> str:
    """Which error, and where; never its message."""
    trace: TracebackType | None = error.__traceback__ if error else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{where}"


def silence(say: Say) -> None:
    """From here on the process prints nothing: loggers, tracebacks and both streams lead nowhere."""
    logging.disable(logging.CRITICAL)
    sys.excepthook = lambda _kind, error, _trace: say(f"stopped by {fault(error)}")
    threading.excepthook = lambda told: say(f"a thread was stopped by {fault(told.exc_value)}")

    def refused(_server: Any, _request: Any, _client: Any) -> None:
        say(f"a request was stopped by {fault(sys.exception())}")

    every: Any = socketserver.BaseServer
    every.handle_error = refused
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
