"""Stand-in for Cloud Monitoring's alerts on logs: the recorded filters, asked about what was written.

It understands what the program's filters say, ``log_id("...")``, ``path="..."`` and ``path:"..."`` joined by
AND, and refuses every other.
"""

import re
from collections.abc import Iterator, Mapping
from functools import reduce
from typing import Any, Final

from tests.link.lab.rendered import Rendered

_TERM: Final = re.compile(
    r'(?P<log>log_id)\("(?P<id>[^"]+)"\)|(?P<path>[\w.]+)(?P<how>[=:])"(?P<text>[^"]*)"'
)


def fired(recorded: Rendered, entries: list[Mapping[str, Any]]) -> set[str]:
    """The names of the link's alerts of which some entry is what they wait for."""
    return {name for name, wanted in _filters(recorded) if any(matches(wanted, each) for each in entries)}


def matches(wanted: str, entry: Mapping[str, Any]) -> bool:
    """Whether an entry is what a filter asks for."""
    return all(_holds(term, entry) for term in wanted.split(" AND "))


def _filters(recorded: Rendered) -> Iterator[tuple[str, str]]:
    for name, policy in recorded.of("AlertPolicy", "link-alerts-").items():
        (condition,) = policy["conditions"]
        assert policy["notificationChannels"], f"{name} tells nobody"
        yield name.removeprefix("link-alerts-"), condition["conditionMatchedLog"]["filter"]


def _holds(term: str, entry: Mapping[str, Any]) -> bool:
    found = _TERM.fullmatch(term.strip())
    assert found, f"what does {term!r} ask for?"
    if found["log"]:
        return entry["logName"].endswith(f"/logs/{found['id'].replace('/', '%2F')}")
    value = reduce(
        lambda at, key: at.get(key, {}) if isinstance(at, Mapping) else {}, found["path"].split("."), entry
    )
    return found["text"] in str(value) if found["how"] == ":" else value == found["text"]
