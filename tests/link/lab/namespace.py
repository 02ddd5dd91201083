"""Doing something inside a network namespace of the kernel, from this very process."""

import ctypes
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

T = TypeVar("T")

_NETWORK: Final = 0x40000000  # CLONE_NEWNET
_libc = ctypes.CDLL(None, use_errno=True)


def inside(namespace: int, make: Callable[[], T]) -> T:
    """What ``make`` gives in the namespace behind that descriptor.

    A thread enters it and ends; a socket that it made stays there and can be used from anywhere.
    """

    def enter() -> T:
        if _libc.setns(namespace, _NETWORK):
            number = ctypes.get_errno()
            raise OSError(number, f"cannot enter the namespace: {os.strerror(number)}")
        return make()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(enter).result()
