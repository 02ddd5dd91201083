"""Which of several tunnels carries the traffic."""

from collections.abc import Sequence
from dataclasses import dataclass, field

DEAD = 1.5
"""Seconds without an answer to questions twice a second: three lost in a row."""

SETTLED = 10
"""Seconds for which a better tunnel must have answered before traffic moves back to it."""


@dataclass
class Line:
    """What is known of one tunnel."""

    answered: float = float("-inf")
    """When it last answered."""
    since: float = float("inf")
    """Since when it has done so without a gap."""

    def note(self, now: float) -> None:
        """An answer has come."""
        if now - self.answered > DEAD:
            self.since = now
        self.answered = now

    def works(self, now: float) -> bool:
        """Whether it answers now."""
        return now - self.answered <= DEAD

    def settled(self, now: float) -> bool:
        """Whether it has answered for long enough to be trusted again."""
        return self.works(now) and now - self.since >= SETTLED


@dataclass
class Choice:
    """The tunnel in use."""

    lines: dict[str, Line] = field(default_factory=dict)
    used: str | None = None

    def decide(self, order: Sequence[str], now: float) -> str | None:
        """The tunnel to use, the best first in ``order``; while none answers, whatever is in use stays."""
        self.lines = {name: self.lines.get(name, Line()) for name in order}
        working = [name for name in order if self.lines[name].works(now)]
        if self.used not in order:
            self.used = None
        if self.used not in working:
            self.used = working[0] if working else self.used
            return self.used
        better = order[: order.index(self.used)]
        self.used = next((name for name in better if self.lines[name].settled(now)), self.used)
        return self.used
