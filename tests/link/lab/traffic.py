"""Traffic in both directions between a hospital and the cloud."""

import contextlib
import time
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.link.lab.laboratory import Laboratory
from tests.link.lab.plan import address
from tests.link.lab.stream import Stream

PORT = 8443


@dataclass
class Traffic:
    """Streams by their direction."""

    streams: Mapping[str, Stream]
    last: dict[str, float] = field(default_factory=dict)
    """Seconds of outage by direction, as last asked for."""

    def worst(self, since: float) -> float:
        """The longest outage after that moment in any direction, once everything flows again."""
        for each in self.streams.values():
            each.wait(60, since)
        time.sleep(0.6)
        self.last = {name: round(each.outage(since), 2) for name, each in self.streams.items()}
        return max(self.last.values())

    def lost(self, since: float) -> int:
        """How many questions sent after that moment were never answered."""
        return sum(each.lost(since) for each in self.streams.values())

    def __str__(self) -> str:
        return ", ".join(f"{name} {seconds} s" for name, seconds in self.last.items())


@contextlib.contextmanager
def between(
    lab: Laboratory, here: Sequence[str], there: Sequence[str], pace: float = 0.05
) -> Generator[Traffic]:
    """Flows from each of those to each of these and back, until the end."""
    pairs = [pair for one in here for other in there for pair in ((one, other), (other, one))]
    with contextlib.ExitStack() as flowing:
        streams = {
            f"{source} to {target}": flowing.enter_context(
                Stream(lab.machine(source), address(source), (address(target), PORT), pace)
            )
            for source, target in pairs
        }
        for each in streams.values():
            each.wait()
        yield Traffic(streams)
