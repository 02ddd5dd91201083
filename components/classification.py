"""How sensitive what lies in a store is, and the label that says so."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

LABEL: Final = "data-classification"
"""The label that every store carries; policies and the data map read it."""


class Classification(StrEnum):
    """The four kinds of data, from harmless to protected by law (LGPD art. 5, II and art. 11)."""

    PUBLIC = "public"
    """Could stand on the hospital's home page."""
    INTERNAL = "internal"
    """About the hospital and its platform, not about patients."""
    DEIDENTIFIED = "deidentified"
    """About patients, with pseudonymous keys and allow-listed columns only."""
    PATIENT = "patient"
    """About patients who can be recognised."""


def classified(labels: Mapping[str, str], classification: Classification) -> Mapping[str, str]:
    """``labels`` with the classification among them; none, or two of them, raise ``ValueError``."""
    if not isinstance(classification, Classification):
        raise ValueError(  # noqa: TRY004 -- the same error as for every other argument
            f"data without a classification ({classification!r}): write Classification.PUBLIC, .INTERNAL, "
            ".DEIDENTIFIED or .PATIENT"
        )
    if labels.get(LABEL, classification) != classification:
        raise ValueError(
            f"the label {LABEL}={labels[LABEL]!r} contradicts the classification {classification.value!r}: "
            "leave the label out"
        )
    return {**labels, LABEL: classification.value}
