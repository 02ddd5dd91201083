"""A program that runs while the tests do."""

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

PATIENCE: Final = 180.0
"""Seconds after which something that takes a moment has failed, also where others use the processors."""


class Process:
    """Started by its constructor. Where Linux can, it dies with the tests, however those end."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self.name = Path(command[0]).name
        self._log = folder / f"{self.name}.log"
        mortal = ("setpriv", "--pdeathsig", "KILL") if shutil.which("setpriv") else ()
        with self._log.open("wb") as log:
            self._running = subprocess.Popen(
                [*mortal, *command], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder
            )

    @property
    def pid(self) -> int:
        """Its number."""
        return self._running.pid

    def wait(self, ready: Callable[[], object], what: str) -> None:
        """Until ``ready`` is true; the end of its log is in the error when it dies or takes too long."""
        end = time.monotonic() + PATIENCE
        while not ready():
            if self._running.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"{self.name}: {what} did not come about\n{self.said()}")
            time.sleep(0.05)

    def said(self, characters: int = 3000) -> str:
        """The end of its log."""
        return self._log.read_text(encoding="utf-8", errors="replace")[-characters:]

    def stop(self) -> None:
        """Ask it to end, and make it."""
        self._running.terminate()
        try:
            self._running.wait(10)
        except subprocess.TimeoutExpired:
            self._running.kill()
            self._running.wait(10)


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
