"""Countries, and where Google Cloud is."""

from typing import Annotated

from pydantic import AfterValidator, Field

from settings.fields.refusal import matching, near, refused
from settings.places import MULTI_REGIONS, REGIONS


def _region(value: str) -> str:
    if value not in REGIONS:
        raise refused(
            f"is not a Google Cloud region{near(value, [*REGIONS]) or '; write one like us-central1'}"
        )
    return value


def _location(value: str) -> str:
    if value not in REGIONS and value not in MULTI_REGIONS:
        places = [*MULTI_REGIONS, *REGIONS]
        hint = near(value, places) or "; write one like us-central1 or US"
        raise refused(f"is neither a region nor a multi-region inside one country{hint}")
    return value


Region = Annotated[str, AfterValidator(_region), Field(json_schema_extra={"enum": [*REGIONS]})]
Location = Annotated[
    str, AfterValidator(_location), Field(json_schema_extra={"enum": [*MULTI_REGIONS, *REGIONS]})
]
Country = Annotated[str, matching("[A-Z]{2}", "is not a country; write its two capital letters, like BR")]
