"""What a gateway tells of tunnels that do not work; the alerts of the cloud side look for these words."""

from dataclasses import dataclass

from tunnel import sets
from tunnel.document import Document
from tunnel.heard import SESSION, Ears
from tunnel.tell import Teller

KNOCKING = 10
"""Seconds of packets without agreed keys, after which somebody uses wrong ones."""


@dataclass
class Knock:
    """Packets of a site and generation that are not understood."""

    packets: int
    since: float
    last: float


class Alarms:
    """Looks at what arrives beside what is understood."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller
        self._began: float | None = None
        self._agreed: dict[str, float] = {}
        """When each site last had keys that count."""
        self._knocks: dict[tuple[str, int], Knock] = {}
        """By site and generation."""

    def look(self, document: Document, ears: Ears, now: float) -> None:
        """Tell of sites without a session, of wrong keys, and of strangers."""
        self._began = self._began or now
        counts = sets.arrived()
        for interface in document.interfaces:
            for peer in interface.peers:
                packets = counts.get((document.sources[peer.name], interface.port or 0), 0)
                if ears.of(interface.name, peer.name).agreed(now):
                    self._agreed[peer.name] = now
                    self._knocks.pop((peer.name, interface.generation), None)
                else:
                    self._knock((peer.name, interface.generation), packets, now)
        for site in document.ranges:
            if now - self._agreed.get(site, self._began) > SESSION:
                self._teller.tell("handshake-old", now, site=site)
        for address in sets.strangers():
            self._teller.tell("stranger", now, address=address)

    def _knock(self, who: tuple[str, int], packets: int, now: float) -> None:
        knock = self._knocks.setdefault(who, Knock(packets=packets, since=now, last=float("-inf")))
        if packets > knock.packets:
            knock.since = knock.since if now - knock.last <= KNOCKING else now
            knock.packets, knock.last = packets, now
            if now - knock.since >= KNOCKING:
                site, generation = who
                self._teller.tell("handshake-refused", now, site=site, generation=generation)
        knock.packets = packets
