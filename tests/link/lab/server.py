"""A machine that starts like one from Debian's image: systemd, a journal, files of its own."""

import contextlib
import functools
import itertools
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

from tests.link.lab.machine import Machine, wait

_BOOT: Final = Path(__file__).with_name("boot.sh")
_GROUPS: Final = "/sys/fs/cgroup"
_numbers = itertools.count()


class Server(Machine):
    """Units, timers and hardening options do here what they do on Debian."""

    def __init__(self, name: str) -> None:
        self._group = _own_group() / f"lab-{os.getpid()}-{next(_numbers)}-{name}"
        super().__init__(name)

    def ready(self) -> Self:
        """Itself, once systemd has started everything; several machines may do so at a time."""
        wait(self._booted, f"{self.name} boots", every=0.1)
        return super().ready()

    def put(self, path: str, content: str, mode: int = 0o644) -> None:
        """Write a file as its first start would, from within: a symbolic link must not lead out of it."""
        self.run("install", "-D", f"--mode={mode:o}", "/dev/stdin", path, text=content)

    def journal(self, *options: str) -> list[str]:
        """The lines of its journal, oldest first."""
        return self.run("journalctl", "--no-pager", "--output=short-monotonic", *options).splitlines()

    def kill(self) -> None:
        """Pull the plug, and take away the group that its processes were counted in."""
        super().kill()
        wait(functools.partial(_removed, self._group), f"{self.name}'s processes end")

    def _holding(self) -> Sequence[str]:
        start = f"mkdir {self._group} && echo $$ >{self._group}/cgroup.procs && exec "
        kinds = "--net --mount --pid --uts --ipc --cgroup --fork --kill-child"
        return ("sh", "-c", f"{start} unshare {kinds} sh {_BOOT} {self.name}")

    def _entering(self) -> Sequence[str]:
        return ("nsenter", f"--target={self._first()}", "--all")

    def _booted(self) -> bool:
        try:
            state = self.run("systemctl", "is-system-running", check=False)
        except IndexError:  # process 1 is still to come
            return False
        return state.strip() in {"running", "degraded"}

    def _first(self) -> str:
        """Its process 1, by the number that the tests know it by."""
        return Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()[0]


def groups() -> list[Path]:
    """One for each machine that runs, of this run of the tests and of others."""
    return [*_own_group().glob("lab-*")]


def sweep() -> None:
    """Take away the groups of runs that were killed before they could do so."""
    for group in groups():
        if not Path("/proc", group.name.split("-")[1]).exists():
            _removed(group)


def _own_group() -> Path:
    """Where this process may make groups of its own, in the second version of the hierarchy."""
    (own,) = (line for line in Path("/proc/self/cgroup").read_text().splitlines() if line.startswith("0::"))
    mounts = [line.split() for line in Path("/proc/self/mounts").read_text().splitlines()]
    (top,) = (mount[1] for mount in mounts if mount[2] == "cgroup2" and mount[1].startswith(_GROUPS))
    return Path(top + own.removeprefix("0::"))


def _removed(group: Path) -> bool:
    folders = [*group.rglob("*/"), group] if group.exists() else []
    for folder in sorted(folders, key=lambda each: -len(each.parts)):
        with contextlib.suppress(OSError):
            folder.rmdir()
    return not group.exists()
