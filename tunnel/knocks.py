"""Who knocks with wrong keys: requests for new keys that lead to none."""

from dataclasses import dataclass

KNOCKING = 10
"""Seconds for which they must go on."""

USUAL = 3
"""Requests that may get lost. Whoever gets no keys asks again every five seconds."""


@dataclass
class Knock:
    """What a site has asked for since keys were last agreed on, of one generation."""

    handshake: int
    requests: int
    since: float


class Knocks:
    """Every site and generation."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], Knock] = {}

    def wrong(self, who: tuple[str, int], requests: int, handshake: int, now: float) -> bool:
        """Whether somebody at the site's address asks in vain: beside the site, perhaps, or in its place.

        ``requests`` have been counted so far; ``handshake`` is when keys were last agreed on.
        """
        knock = self._known.setdefault(who, Knock(handshake, requests, now))
        if handshake != knock.handshake or requests < knock.requests:
            self._known[who] = knock = Knock(handshake, requests, now)
        if requests == knock.requests:
            knock.since = now
        return requests - knock.requests > USUAL and now - knock.since >= KNOCKING
