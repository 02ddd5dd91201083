"""What a gateway says from some moment on, and who is called for it."""

import json
from collections.abc import Mapping

from tests.link.lab.alerts import fired
from tests.link.lab.laboratory import Laboratory
from tests.link.lab.machine import wait


class Calls:
    """Listens to one gateway's journal, and to what both write to Cloud Logging."""

    def __init__(self, lab: Laboratory, gateway: str) -> None:
        self._lab, self._gateway = lab, gateway
        self._lines, self._entries = len(self._journal()), len(lab.apis.entries)

    def hear(self, wanted: Mapping[str, object], seconds: float = 40) -> None:
        """Wait until the journal has such a line, and Cloud Logging such an entry."""

        def told() -> bool:
            said = [json.loads(line) for line in self._journal()[self._lines :] if line.startswith("{")]
            entries = self._lab.apis.entries[self._entries :]
            logged = [each["jsonPayload"] for each in entries if each["labels"]["gateway"] == self._gateway]
            return all(any(wanted.items() <= each.items() for each in place) for place in (said, logged))

        wait(told, f"gateway {self._gateway} says {wanted}", seconds, every=0.5)

    @property
    def alerts(self) -> set[str]:
        """The alerts that have fired."""
        return fired(self._lab.current, self._lab.apis.entries[self._entries :])

    def _journal(self) -> list[str]:
        return self._lab.gateway(self._gateway).journal("--unit=tunnel", "--output=cat")
