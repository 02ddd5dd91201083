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
        try:
            wait(lambda: _namespace(self.pid) not in {"", _namespace(os.getpid())}, f"{name} starts")
            self._network = os.open(f"/proc/{self.pid}/ns/net", os.O_RDONLY)
        except BaseException:
            self._holder.kill()
            raise

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

    def ready(self) -> Self:
        """Itself, once commands can be run in it."""
        self.run("ip", "link", "set", "lo", "up")
        return self

    def run(self, *command: str, text: str = "", check: bool = True, timeout: float = PATIENCE) -> str:
        """What the command prints in here; both its outputs are in the error when it fails."""
        return self._ran(self._entering(), command, text, check=check, timeout=timeout)

    def batch(self, tool: str, lines: str) -> None:
        """Many lines for ``ip`` or ``nft`` at once, which see this network and the tests' processes."""
        flags = {"ip": ("-batch", "-"), "nft": ("-f", "-")}
        self._ran(_network(self.pid), (tool, *flags[tool]), lines)

    def inside(self, make: Callable[[], T]) -> T:
        """What ``make`` gives in this machine's network."""
        return inside(self._network, make)

    def kill(self) -> None:
        """Pull the plug: nothing in it gets to say goodbye."""
        if not self.alive:
            return
        self.batch("ip", "\n".join(f"link delete {nic}" for nic in self._cables()))
        self._holder.kill()
        self._holder.wait(PATIENCE)
        os.close(self._network)

    def _cables(self) -> list[str]:
        """Pulled first: the kernel takes a while to forget a namespace, and what is sent there is lost."""
        shown = self._ran(_network(self.pid), ("ip", "-brief", "link", "show", "type", "veth"), "")
        return [line.split()[0].partition("@")[0] for line in shown.splitlines()]

    def _holding(self) -> Sequence[str]:
        return ("unshare", "--net", "sleep", "infinity")

    def _entering(self) -> Sequence[str]:
        return _network(self.pid)

    def _ran(
        self,
        entering: Sequence[str],
        command: Sequence[str],
        text: str,
        *,
        check: bool = True,
        timeout: float = PATIENCE,
    ) -> str:
        done = subprocess.run(
            [*entering, *command], input=text, capture_output=True, text=True, timeout=timeout, check=False
        )
        if check and done.returncode:
            said = f"ended with {done.returncode}\n{done.stdout}{done.stderr}"
            raise AssertionError(f"{self.name}: {' '.join(command)} {said}")
        return done.stdout


def _network(pid: int) -> Sequence[str]:
    return ("nsenter", f"--net=/proc/{pid}/ns/net")


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
