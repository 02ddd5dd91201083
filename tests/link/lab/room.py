"""Room in the kernel for several machines with systemd, which each watch files by a few instances of inotify.

A laboratory has about forty; the kernel gives each user 128 for everything, so that a third would not start.
"""

from pathlib import Path
from typing import Final

from tests.link.lab.server import groups

_LIMIT: Final = Path("/proc/sys/fs/inotify/max_user_instances")
_ENOUGH: Final = 1024


class Room:
    """More of them, until it is given back."""

    def __init__(self) -> None:
        self._before = int(_LIMIT.read_text())
        if self._before < _ENOUGH:
            _LIMIT.write_text(str(_ENOUGH))

    def give_back(self) -> None:
        """As it was before, unless somebody else's machines still count on it."""
        if self._before < _ENOUGH and not groups():
            _LIMIT.write_text(str(self._before))
