"""Holds a serving process to its memory.

macOS does not honour a limit of resident memory (launchd's ResidentSetSize does nothing), and MLX takes its
own as advice. So the process watches itself and leaves; launchd starts it anew with an empty cache.
"""

import time
from collections.abc import Callable
from typing import Final

PAUSE: Final = 2.0
"""Seconds between two looks."""

TOO_MUCH: Final = 75
"""The exit status of a process that used more than it may."""


def watch(
    used: Callable[[], int],
    limit: int,
    beat: Callable[[int], None],
    leave: Callable[[int], None],
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Tells ``beat`` the bytes in use again and again, until they are more than ``limit``."""
    while True:
        now = used()
        beat(now)
        if now > limit:
            return leave(TOO_MUCH)
        pause(PAUSE)
