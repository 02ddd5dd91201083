"""A line of the data map: what kind of data lies where (LGPD art. 37)."""

from dataclasses import dataclass

from components.classification import Classification


@dataclass(frozen=True, kw_only=True, slots=True)
class Holding:
    """One place in which data lies."""

    store: str
    """What people call it; unique in the stack."""
    classification: Classification
    """Of the most sensitive data in it."""
    location: str
    """A region or multi-region, or a hospital by its name."""
    land: str | None = None
    """The country of a hospital; that of a region is known."""
