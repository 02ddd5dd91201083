"""Regions, as Google writes them."""

import re
from typing import Final

REGION: Final = re.compile(r"[a-z]+-[a-z]+\d+")


def check_region(what: str, place: str) -> None:
    """Raise ``ValueError`` for a zone, a multi-region or a name in capitals: only a region is one place."""
    if not REGION.fullmatch(place):
        raise ValueError(f"{what} in {place!r}, which is not a region: write one, as in us-central1")
