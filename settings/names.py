"""Names that follow from the settings, and that people write a second time where it must be sure."""

from typing import Final

AUDIT_LOGS: Final = "audit-logs"
"""The use of the one bucket whose retention can be locked."""

CLASSIFICATION: Final = "data-classification"
"""The label that the platform puts on every store itself, by what lies in it."""


def bucket_name(project: str, use: str) -> str:
    """The name of the project's bucket for a use; unique in all of Google Cloud, as project ids are."""
    return f"{project}-{use}"
