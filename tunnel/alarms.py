"""What a gateway tells of tunnels that do not work; the alerts of the cloud side look for these words."""

from tunnel import sets
from tunnel.document import Document
from tunnel.heard import SESSION, Ears
from tunnel.knocks import Knocks
from tunnel.tell import Teller

PATIENCE = 60
"""Seconds: a site may have its new document before this gateway has looked for its own."""


class Alarms:
    """Looks at what arrives beside what comes of it."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller
        self._began: float | None = None
        self._agreed: dict[str, float] = {}
        """When each site last had keys that count."""
        self._knocks = Knocks()
        self._strange: dict[str, float] = {}
        """Since when each stranger has been sending."""

    def look(self, document: Document, ears: Ears, now: float) -> None:
        """Tell of sites without a session, of wrong keys, and of strangers."""
        self._began = self._began or now
        requests = sets.counted("requests")
        for interface in document.interfaces:
            for peer in interface.peers:
                ear = ears.of(interface.name, peer.name)
                if ear.agreed(now):
                    self._agreed[peer.name] = now
                asked = requests.get((document.sources[peer.name], interface.port or 0), 0)
                if self._knocks.wrong((peer.name, interface.generation), asked, ear.handshake, now):
                    self._teller.tell(
                        "handshake-refused", now, site=peer.name, generation=interface.generation
                    )
        for site in document.ranges:
            if now - self._agreed.get(site, self._began) > SESSION:
                self._teller.tell("handshake-old", now, site=site)
        self._strangers({*document.sources.values()}, now)

    def _strangers(self, known: set[str], now: float) -> None:
        self._strange = {each: self._strange.get(each, now) for each in sets.strangers()}
        for address, since in self._strange.items():
            if address not in known or now - since >= PATIENCE:
                self._teller.tell("stranger", now, address=address)
