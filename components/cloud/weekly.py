"""Days and hours at which Google may work on what it runs for us, always in UTC."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from pulumi_gcp import container, sql

from components.cloud.times import check_hour, check_zone, zulu

REQUIRED: Final = 48
"""Hours in any 32 days that GKE asks for, in pieces of at least four
(https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions)."""

SHORTEST: Final = 4

WEEKS: Final = 4
"""Whole weeks in any 32 days."""


class Weekday(StrEnum):
    """Days as RFC 5545 writes them; their order is Cloud SQL's."""

    MONDAY = "MO"
    TUESDAY = "TU"
    WEDNESDAY = "WE"
    THURSDAY = "TH"
    FRIDAY = "FR"
    SATURDAY = "SA"
    SUNDAY = "SU"

    @property
    def number(self) -> int:
        """1 for Monday to 7 for Sunday."""
        return [*Weekday].index(self) + 1


class Pause(StrEnum):
    """What a cluster is spared during an exclusion."""

    EVERYTHING = "NO_UPGRADES"
    MINOR = "NO_MINOR_UPGRADES"
    MINOR_AND_NODES = "NO_MINOR_OR_NODE_UPGRADES"


@dataclass(frozen=True, kw_only=True, slots=True)
class Exclusion:
    """A time in which a cluster is left alone, such as a migration."""

    start: datetime
    end: datetime
    pause: Pause = Pause.EVERYTHING

    def __post_init__(self) -> None:
        check_zone("exclusion's start", self.start)
        check_zone("exclusion's end", self.end)
        if self.end <= self.start:
            raise ValueError(f"exclusion ends at {self.end} and starts at {self.start}: write a later end")


@dataclass(frozen=True, kw_only=True, slots=True)
class ClusterMaintenance:
    """When GKE may upgrade a cluster."""

    days: Sequence[Weekday] = (Weekday.SATURDAY, Weekday.SUNDAY)
    hour: int = 4
    """The hour at which each window opens."""
    hours: int = 8
    exclusions: Mapping[str, Exclusion] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_hour(self.hour)
        if not SHORTEST <= self.hours <= 23 - self.hour:
            raise ValueError(
                f"maintenance of {self.hours} hours from {self.hour}:00: write at least {SHORTEST}, "
                "ending on the same day"
            )
        offered = WEEKS * len({*self.days}) * self.hours
        if offered < REQUIRED:
            raise ValueError(
                f"maintenance windows offer {offered} hours in four weeks and GKE asks for {REQUIRED}: "
                "name more days or hours"
            )

    def policy(self) -> container.ClusterMaintenancePolicyArgsDict:
        """As the provider takes it; the date is any in the past, the days are the rule's."""
        named = ",".join(day.value for day in Weekday if day in self.days)
        return {
            "recurring_window": {
                "start_time": f"2026-01-01T{self.hour:02}:00:00Z",
                "end_time": f"2026-01-01T{self.hour + self.hours:02}:00:00Z",
                "recurrence": f"FREQ=WEEKLY;BYDAY={named}",
            },
            "maintenance_exclusions": [
                {
                    "exclusion_name": name,
                    "start_time": zulu(each.start),
                    "end_time": zulu(each.end),
                    "exclusion_options": {"scope": each.pause.value},
                }
                for name, each in sorted(self.exclusions.items())
            ],
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class DatabaseMaintenance:
    """The hour of the week in which Cloud SQL may restart an instance."""

    day: Weekday = Weekday.SUNDAY
    hour: int = 5

    def __post_init__(self) -> None:
        check_hour(self.hour)

    def window(self) -> sql.DatabaseInstanceSettingsMaintenanceWindowArgsDict:
        """As the provider takes it, a week or more after test instances were changed."""
        return {"day": self.day.number, "hour": self.hour, "update_track": "stable"}
