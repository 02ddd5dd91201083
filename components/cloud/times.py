"""Times as Google's APIs write them, always in UTC."""

from datetime import UTC, datetime


def zulu(moment: datetime) -> str:
    """``moment`` as RFC 3339 writes it in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def check_zone(what: str, moment: datetime) -> None:
    """Raise ``ValueError`` for a time that would mean another moment on another machine."""
    if moment.tzinfo is None:
        raise ValueError(f"{what} at {moment} says no time zone: write datetime(..., tzinfo=UTC)")


def check_hour(hour: int) -> None:
    """Raise ``ValueError`` for what is no hour of a day."""
    if hour not in range(24):
        raise ValueError(f"hour {hour}: write 0 to 23, in UTC")
