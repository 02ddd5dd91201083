"""Where Google Cloud has regions, and under which country's law each one stands."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

REGIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "africa-south1": "ZA",
        "asia-east1": "TW",
        "asia-east2": "HK",
        "asia-northeast1": "JP",
        "asia-northeast2": "JP",
        "asia-northeast3": "KR",
        "asia-south1": "IN",
        "asia-south2": "IN",
        "asia-southeast1": "SG",
        "asia-southeast2": "ID",
        "australia-southeast1": "AU",
        "australia-southeast2": "AU",
        "europe-central2": "PL",
        "europe-north1": "FI",
        "europe-north2": "SE",
        "europe-southwest1": "ES",
        "europe-west1": "BE",
        "europe-west2": "GB",
        "europe-west3": "DE",
        "europe-west4": "NL",
        "europe-west6": "CH",
        "europe-west8": "IT",
        "europe-west9": "FR",
        "europe-west10": "DE",
        "europe-west12": "IT",
        "me-central1": "QA",
        "me-central2": "SA",
        "me-west1": "IL",
        "northamerica-northeast1": "CA",
        "northamerica-northeast2": "CA",
        "northamerica-south1": "MX",
        "southamerica-east1": "BR",
        "southamerica-west1": "CL",
        "us-central1": "US",
        "us-east1": "US",
        "us-east4": "US",
        "us-east5": "US",
        "us-south1": "US",
        "us-west1": "US",
        "us-west2": "US",
        "us-west3": "US",
        "us-west4": "US",
    }
)
"""Each region's country (ISO 3166-1 alpha-2), after Google's list of Compute Engine regions."""

MULTI_REGIONS: Final[Mapping[str, str]] = MappingProxyType({"US": "US"})
"""The storage multi-regions that lie inside one country; EU and ASIA spread over several."""


def zones(region: str) -> tuple[str, str]:
    """Two zones of a region. Every region has these; not every one has an ``a``."""
    return f"{region}-b", f"{region}-c"


def country(location: str) -> str | None:
    """The country of a region or of a multi-region; ``None`` for a place that is neither."""
    return REGIONS.get(location) or MULTI_REGIONS.get(location)


def widest(region: str) -> str:
    """The multi-region around ``region`` that stays in its country, or the region itself."""
    inside = (name for name, land in MULTI_REGIONS.items() if land == REGIONS[region])
    return next(inside, region)
