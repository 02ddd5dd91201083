"""What a machine tells: a line for its journal, and on a gateway an entry for Cloud Logging."""

import json
import sys
from collections.abc import Callable, Mapping

Entry = Mapping[str, object]


def to_journal(entry: Entry) -> None:
    """One line of JSON; systemd keeps it."""
    sys.stdout.write(json.dumps(entry, sort_keys=True) + "\n")
    sys.stdout.flush()


class Teller:
    """Tells each thing once while it lasts, and once more when it has lasted long."""

    def __init__(self, *outlets: Callable[[Entry], None], again: float = 300) -> None:
        self._outlets = outlets or (to_journal,)
        self._again = again
        self._told: dict[str, float] = {}

    def tell(self, event: str, now: float, **more: object) -> None:
        """Something that lasts; the same thing is told again after ``again`` seconds only."""
        key = json.dumps([event, more], sort_keys=True)
        if now - self._told.get(key, float("-inf")) >= self._again:
            self._told = {old: at for old, at in self._told.items() if now - at < self._again}
            self._told[key] = now
            self.say(event, **more)

    def say(self, event: str, **more: object) -> None:
        """Something that happens once."""
        for outlet in self._outlets:
            outlet({"event": event, **more})
