"""The signs of the verdicts, drawn once and used everywhere."""

from collections.abc import Mapping
from typing import Final

import htpy as h

SIGNS: Final[Mapping[str, str]] = {
    "pass": "M3.5 8.5l3 3 6-7",
    "fail": "M4 4l8 8M12 4l-8 8",
    "waived": "M8 2.4a5.6 5.6 0 1 1 0 11.2a5.6 5.6 0 1 1 0-11.2M8 5.2v3.1l2.1 1.3",
    "unknown": "M5.7 6a2.3 2.3 0 1 1 3.4 2c-.8.5-1.1 1-1.1 1.7M8 12.4v.1",
    "not-applicable": "M4 8h8",
}
"""A tick, a cross, a clock, a question mark, a dash."""


def signs() -> h.Element:
    """Put at the top of the page, where nobody sees it."""
    return h.svg(class_="signs", width="0", height="0", aria_hidden="true")[
        [h.symbol(id=f"sign-{name}", viewBox="0 0 16 16")[h.path(d=path)] for name, path in SIGNS.items()]
    ]
