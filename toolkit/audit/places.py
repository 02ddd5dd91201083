"""In which country a place of Google Cloud lies."""

from typing import Final

from settings.places import MULTI_REGIONS, REGIONS, country

HOME: Final = "BR"
"""The hospital's country: what lies elsewhere is an international transfer (LGPD art. 33)."""


def country_of(place: str) -> str:
    """The country (ISO 3166-1) of a region, a zone or a multi-region; empty when it is none or in several."""
    region = place.lower()
    zone = region.rpartition("-")[0] if region[-2:-1] == "-" else region
    return country(region) or country(zone) or country(place.upper()) or ""


def spelled(place: str) -> str:
    """A place as people write it: services answer with the same one in capitals or without."""
    if place.lower() in REGIONS:
        return place.lower()
    return place.upper() if place.upper() in MULTI_REGIONS else place
