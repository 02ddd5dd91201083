"""Traffic that is numbered, so that what is lost can be counted in seconds."""

import contextlib
import socket
import threading
import time
from itertools import groupby
from typing import Self

from tests.link.lab.echo import bound
from tests.link.lab.machine import Machine, wait


class Stream:
    """Numbered questions by UDP, at a steady pace, from one place to another that answers."""

    def __init__(
        self, machine: Machine, source: object, target: tuple[object, int], pace: float = 0.05
    ) -> None:
        self._line = machine.inside(lambda: bound(socket.SOCK_DGRAM, (str(source), 0)))
        self._line.settimeout(0)
        self._target = (str(target[0]), target[1])
        self._pace = pace
        self._began = time.monotonic()
        self._sent: list[float] = []
        self._answered: set[int] = set()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._go, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(10)
        self._line.close()

    def wait(self, seconds: float = 30, since: float | None = None) -> None:
        """Until a whole second's questions, sent after that moment, were all answered."""
        first = self._began if since is None else since
        wait(lambda: self._flows(first), "traffic flows", seconds)

    def outage(self, since: float) -> float:
        """The longest time without an answer, in seconds, of questions sent after that moment."""
        end = time.monotonic() - 1  # younger ones may still be on their way
        fates = [number in self._answered for number, at in enumerate(self._sent) if since <= at <= end]
        runs = [len([*run]) for answered, run in groupby(fates) if not answered]
        return max(runs, default=0) * self._pace

    def _flows(self, since: float) -> bool:
        end = time.monotonic() - 0.5
        asked = [number for number, at in enumerate(self._sent) if end - 1 < at < end]
        return end - 1 >= since and self._answered >= {*asked}

    def lost(self, since: float) -> int:
        """How many questions sent after that moment were never answered."""
        end = time.monotonic() - 1
        return sum(number not in self._answered for number, at in enumerate(self._sent) if since <= at <= end)

    def _go(self) -> None:
        due = time.monotonic()
        while not self._over.is_set():
            with contextlib.suppress(OSError):
                self._line.sendto(f"{len(self._sent)}".encode(), self._target)
            self._sent.append(time.monotonic())
            due = max(due + self._pace, time.monotonic() - self._pace)
            while True:
                self._listen()
                if time.monotonic() >= due or self._over.wait(min(0.005, self._pace / 4)):
                    break

    def _listen(self) -> None:
        while True:
            try:
                self._answered.add(int(self._line.recv(100).split()[1]))
            except BlockingIOError:
                return
            except OSError:  # somebody on the way said that there is none
                continue


class Connection:
    """One connection by TCP that stays open while questions go through it."""

    def __init__(self, machine: Machine, source: object, target: tuple[object, int]) -> None:
        self._line = machine.inside(lambda: bound(socket.SOCK_STREAM, (str(source), 0)))
        self._line.settimeout(10)
        self._line.connect((str(target[0]), target[1]))
        self._number = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()

    def ask(self, patience: float = 30) -> float:
        """Seconds until a question through the same connection was answered."""
        self._number += 1
        began, mark = time.monotonic(), f"{self._number};".encode()
        self._line.settimeout(patience)
        self._line.sendall(mark)
        heard = b""
        while not heard.endswith(b" " + mark):
            heard += self._line.recv(1000)
        return time.monotonic() - began
