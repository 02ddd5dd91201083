"""A hospital's end: keeps tunnels to both gateways up, and sends by the best one that answers."""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tunnel import interfaces
from tunnel.choice import Choice
from tunnel.commands import CommandError
from tunnel.document import Document, newer, parse
from tunnel.probe import Probe
from tunnel.tell import Teller

ASK = 0.5
"""Seconds between two questions."""

CHOSEN, SPARE, NOWHERE = 50, 100, 4000
"""Metrics of routes: by the tunnel in use, by each of the others in their order, and by none at all."""


class Site:
    """The state of the watch."""

    def __init__(self, settings: dict[str, Any], teller: Teller) -> None:
        self._settings, self._teller = settings, teller
        self._file = Path(settings["document"])
        self._text = ""
        self._order: Sequence[str] = ()
        """Interfaces, the best first."""
        self._probes: dict[str, Probe] = {}
        self._choice = Choice()
        self._routed: str | None = None

    def look(self, now: float) -> None:
        """Everything that is due twice a second."""
        self._take()
        for name, probe in self._probes.items():
            if probe.answered():
                self._choice.lines[name].note(now)
            probe.ask()
        used = self._choice.decide(self._order, now)
        if used and used != self._routed:
            interfaces.route([f"{each} metric {CHOSEN}" for each in self._routes(used)])
            self._routed = used
            self._teller.say("switched", to=used)

    def _take(self) -> None:
        """The document, if there is a new one. New tunnels come before old ones go."""
        text = newer(self._file, self._text)
        if text is None:
            return
        document = parse(text)
        for each in document.interfaces:
            interfaces.raise_(each, self._settings["mtu"])
        self._order = [each.name for each in document.interfaces]
        self._spare()
        self._ask_anew(document)
        if self._routed not in self._order:
            self._routed = None
        self._move_before_removal()
        interfaces.remove_others(self._order)
        self._text = text
        self._teller.say("applied", tunnels=self._order)

    def _spare(self) -> None:
        """Routes that stand without this program, and one that keeps the cloud's traffic off the internet."""
        spare = [
            f"{route} metric {SPARE + index}"
            for index, name in enumerate(self._order)
            for route in self._routes(name)
        ]
        nowhere = [f"unreachable {each} metric {NOWHERE}" for each in self._settings["cloud"]]
        interfaces.route([*spare, *nowhere])

    def _ask_anew(self, document: Document) -> None:
        for probe in self._probes.values():
            probe.close()
        self._probes = {
            each.name: Probe(each.name, peer.own, peer.far)
            for each in document.interfaces
            for peer in each.peers
        }
        self._choice.decide(self._order, time.monotonic())

    def _move_before_removal(self) -> None:
        """Where the tunnel in use is to go, its traffic goes first to the best that answers."""
        if self._choice.used and self._choice.used != self._routed:
            interfaces.route([f"{each} metric {CHOSEN}" for each in self._routes(self._choice.used)])
            self._routed = self._choice.used

    def _routes(self, name: str) -> Sequence[str]:
        return [f"{each} dev {name} src {self._settings['source']}" for each in self._settings["cloud"]]


def main(file: str) -> None:
    """Watch for ever."""
    teller = Teller()
    site = Site(json.loads(Path(file).read_text(encoding="utf-8")), teller)
    while True:
        began = time.monotonic()
        try:
            site.look(began)
        except (CommandError, KeyError, OSError, ValueError) as error:
            teller.tell("failed", began, why=str(error))
        time.sleep(max(0.0, ASK - (time.monotonic() - began)))
