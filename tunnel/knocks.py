"""Who knocks with wrong keys: packets that arrive, beside what is understood of them."""

from dataclasses import dataclass, field

KNOCKING = 10
"""Seconds of packets of which none is understood, after which somebody uses wrong keys."""

MINUTE = 60
"""Seconds."""

USUAL = 4
"""Requests for new keys in a minute; whoever has a session asks every other minute, whoever gets none every
five seconds. They count only while the site is understood: after an outage many come, and rightly."""


@dataclass
class Knock:
    """What has arrived from a site for one generation of keys."""

    packets: int
    requests: int
    """Requests for new keys when the minute began."""
    since: float
    """When the packets began that nobody understands."""
    minute: float
    """When the minute began."""
    last: float = field(default=float("-inf"))
    """When such a packet last came."""


class Knocks:
    """Every site and generation."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], Knock] = {}

    def wrong(self, who: tuple[str, int], arrived: tuple[int, int], now: float, *, understood: bool) -> bool:
        """Whether wrong keys come from the site's address; ``arrived``: packets, and requests among them."""
        packets, requests = arrived
        knock = self._known.setdefault(who, Knock(packets, requests, since=now, minute=now))
        more, knock.packets = packets > knock.packets, packets
        if not understood:
            knock.minute, knock.requests = now, requests
            if more:
                knock.since = knock.since if now - knock.last <= KNOCKING else now
                knock.last = now
            return more and now - knock.since >= KNOCKING
        knock.last = float("-inf")
        if now - knock.minute > MINUTE or requests < knock.requests:
            knock.minute, knock.requests = now, requests
        return requests - knock.requests > USUAL
