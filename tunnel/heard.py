"""Who has been heard, as the kernel counts it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tunnel.commands import CommandError, run
from tunnel.document import Interface

SESSION = 185
"""Seconds: WireGuard makes new keys every 120 and drops old ones after 180; later there is no session."""

SILENCE = 2
"""Seconds: a site asks through each tunnel twice a second, so two without a word are an outage."""


REQUEST = 148
"""Bytes of a request for new keys, which is no sign of life: whoever has half of the keys can send it."""


@dataclass
class Ear:
    """What is known of one peer on one interface."""

    handshake: int = 0
    """When keys were last agreed on, in the machine's clock; 0 for never."""
    received: int = -1
    heard: float = float("-inf")
    """When something last came from it."""

    def note(self, handshake: int, received: int, now: float) -> None:
        """One reading of the counters. The first says nothing of when."""
        if received > self.received >= 0 and (received - self.received) % REQUEST:
            self.heard = now
        self.handshake, self.received = handshake, received

    def agreed(self, now: float) -> bool:
        """Whether there are keys that still count."""
        return now - self.handshake <= SESSION

    def fresh(self, now: float) -> bool:
        """Whether the tunnel works: keys that count, and somebody who uses them."""
        return self.agreed(now) and now - self.heard <= SILENCE


@dataclass
class Ears:
    """Every peer on every interface."""

    known: dict[tuple[str, str], Ear] = field(default_factory=dict)
    """By interface and peer."""

    def listen(self, interfaces: Mapping[str, Interface], now: float) -> None:
        """Read all counters once; who is no peer any more is forgotten."""
        found = {}
        for name, interface in interfaces.items():
            names = {peer.public: peer.name for peer in interface.peers}
            for public, handshake, received in _readings(name):
                if public in names:
                    ear = self.known.get((name, names[public]), Ear())
                    ear.note(handshake, received, now)
                    found[name, names[public]] = ear
        self.known = found

    def of(self, interface: str, peer: str) -> Ear:
        """What is known of a peer; nothing, perhaps."""
        return self.known.get((interface, peer), Ear())


def _readings(interface: str) -> Iterator[tuple[str, int, int]]:
    """Public key, time of the last handshake and bytes received, by peer."""
    try:
        lines = run("wg", "show", interface, "dump").splitlines()[1:]
    except CommandError:
        return
    for line in lines:
        public, _, _, _, handshake, received, *_ = line.split("\t")
        yield public, int(handshake), int(received)
