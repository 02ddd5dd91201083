"""A machine: a network namespace, held by one process that dies with the tests."""

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Self, TypeVar

from tests.link.lab.namespace import inside

T = TypeVar("T")

PATIENCE: Final = 30.0
"""Seconds after which something that takes a moment has failed, also where others use the processors."""

_MORTAL: Final = ("setpriv", "--pdeathsig", "KILL")


class Machine:
    """Interfaces, routes and rules of its own; programs and files are those of the tests' machine.

    Nothing of it has a name outside: when its process is killed, or the tests are, it is gone.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._holder = subprocess.Popen([*_MORTAL, *self._holding()], stdin=subprocess.DEVNULL)
        wait(lambda: _namespace(self._holder.pid) not in {"", _namespace(os.getpid())}, f"{name} starts")
        self._network = os.open(f"/proc/{self._holder.pid}/ns/net", os.O_RDONLY)
        self.run("ip", "link", "set", "lo", "up")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def pid(self) -> int:
        """The process whose network this is."""
        return self._holder.pid

    @property
    def alive(self) -> bool:
        """Whether it has power."""
        return self._holder.poll() is None

    def run(self, *command: str, text: str = "", check: bool = True, timeout: float = PATIENCE) -> str:
        """What the command prints in here; both its outputs are in the error when it fails."""
        done = subprocess.run(
            [*self._entering(), *command], input=text, capture_output=True, text=True, timeout=timeout
        )
        if check and done.returncode:
            raise AssertionError(
                f"{self.name}: {' '.join(command)} ended with {done.returncode}\n{done.stdout}{done.stderr}"
            )
        return done.stdout

    def batch(self, tool: str, lines: str) -> None:
        """Many lines for ``ip`` or ``nft`` at once."""
        flags = {"ip": ("-batch", "-"), "nft": ("-f", "-")}
        self.run(tool, *flags[tool], text=lines)

    def inside(self, make: Callable[[], T]) -> T:
        """What ``make`` gives in this machine's network."""
        return inside(self._network, make)

    def kill(self) -> None:
        """Pull the plug: nothing in it gets to say goodbye."""
        if not self.alive:
            return
        for nic in self._cables():
            self.run("ip", "link", "delete", nic, check=False)
        self._holder.kill()
        self._holder.wait(PATIENCE)
        os.close(self._network)

    def _cables(self) -> list[str]:
        """Pulled first: the kernel takes a while to forget a namespace, and what is sent there is lost."""
        shown = self.run("ip", "-brief", "link", "show", "type", "veth", check=False)
        return [line.split()[0].partition("@")[0] for line in shown.splitlines()]

    def _holding(self) -> Sequence[str]:
        return ("unshare", "--net", "sleep", "infinity")

    def _entering(self) -> Sequence[str]:
        return ("nsenter", f"--net=/proc/{self.pid}/ns/net")


def wait(done: Callable[[], object], what: str, seconds: float = PATIENCE, every: float = 0.02) -> None:
    """Until ``done`` is true, or fail with ``what`` did not come about."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            raise AssertionError(f"after {seconds:g} s still not: {what}")
        time.sleep(every)


def _namespace(pid: int) -> str:
    path = Path(f"/proc/{pid}/ns/net")
    try:
        return str(path.readlink())
    except OSError:
        return ""
