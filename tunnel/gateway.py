"""A gateway: brings up what its document says, and sends to each site by the newest tunnel that works."""

import json
import time
from pathlib import Path
from typing import Any

from tunnel import interfaces, sets
from tunnel.alarms import Alarms
from tunnel.commands import CommandError
from tunnel.document import Document, Interface, newer, parse
from tunnel.google import Log
from tunnel.health import Health, ask_mate, serve
from tunnel.heard import Ears
from tunnel.tell import Teller, to_journal

LOOK = 0.5
"""Seconds between two looks at the tunnels."""

SLOWLY = 2
"""Seconds between two looks at everything else, which costs more and hurries less."""


class Gateway:
    """The state of the watch."""

    def __init__(self, settings: dict[str, Any], health: Health, teller: Teller) -> None:
        self._settings, self._health, self._teller = settings, health, teller
        self._file = Path(settings["document"])
        self._text = ""
        self._document: Document | None = None
        self._ears = Ears()
        self._by: dict[str, str] = {}
        """The interface by which each site is sent to."""
        self._alarms = Alarms(teller)
        self._alarmed = float("-inf")

    def look(self, now: float) -> None:
        """Everything that is due now."""
        self._take()
        if self._document is None:
            return
        by_name = {each.name: each for each in self._document.interfaces}
        self._ears.listen(by_name, now)
        self._steer(self._document, now)
        self._health.heard = [
            name for name in self._document.ranges if self._fresh(self._document, name, now)
        ]
        self._health.looked = time.monotonic()
        if now - self._alarmed >= SLOWLY:
            self._alarmed = now
            sets.refill(self._document)
            self._alarms.look(self._document, self._ears, now)

    def _take(self) -> None:
        """The document, if there is a new one. New tunnels come before old ones go."""
        text = newer(self._file, self._text)
        if text is None:
            return
        document = parse(text)
        sets.fill(document)
        for each in document.interfaces:
            interfaces.raise_(each, self._settings["mtu"])
        self._document, self._by = document, {}
        self._steer(document, time.time())
        interfaces.remove_others([each.name for each in document.interfaces])
        self._text = text
        self._teller.say("applied", generations=[each.generation for each in document.interfaces])

    def _steer(self, document: Document, now: float) -> None:
        chosen = {name: self._best(document, name, now) for name in document.ranges}
        routes = [
            f"{each} dev {interface}"
            for name, interface in chosen.items()
            if interface and self._by.get(name) != interface
            for each in document.ranges[name]
        ]
        interfaces.route(routes)
        self._by = {name: interface for name, interface in chosen.items() if interface}

    def _best(self, document: Document, site: str, now: float) -> str | None:
        """The newest tunnel on which the site is heard; of silent ones, whichever is in use."""
        known = [each for each in document.interfaces if any(peer.name == site for peer in each.peers)]

        def rank(each: Interface) -> tuple[bool, int, bool, int]:
            ear = self._ears.of(each.name, site)
            return (
                ear.fresh(now),
                ear.fresh(now) * each.generation,
                self._by.get(site) == each.name,
                ear.handshake,
            )

        return max(known, key=rank).name if known else None

    def _fresh(self, document: Document, site: str, now: float) -> bool:
        return any(self._ears.of(each.name, site).fresh(now) for each in document.interfaces)


def main(file: str) -> None:
    """Watch for ever."""
    settings = json.loads(Path(file).read_text(encoding="utf-8"))
    outlets = [to_journal]
    if settings["log_to"]:
        outlets.append(Log(settings["log_to"], "tunnel", {"gateway": settings["name"]}))
    health, teller = Health(), Teller(*outlets)
    serve(health, settings["health_port"])
    ask_mate(health, settings["mate"], settings["health_port"])
    gateway = Gateway(settings, health, teller)
    while True:
        try:
            gateway.look(time.time())
        except (CommandError, KeyError, ValueError) as error:
            teller.tell("failed", time.time(), why=str(error))
        time.sleep(LOOK)
