"""When Google may work."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from components.cloud.weekly import ClusterMaintenance, DatabaseMaintenance, Exclusion, Pause, Weekday
from tests.components.cloud.recorded import refused

JANUARY = datetime(2027, 1, 4, tzinfo=UTC)
FEBRUARY = datetime(2027, 2, 4, tzinfo=UTC)


def test_days_stand_in_the_order_of_the_week_and_exclusions_by_name() -> None:
    maintenance = ClusterMaintenance(
        days=[Weekday.SUNDAY, Weekday.MONDAY],
        hour=1,
        hours=10,
        exclusions={
            "migration": Exclusion(start=JANUARY, end=FEBRUARY),
            "audit": Exclusion(start=JANUARY, end=FEBRUARY, pause=Pause.MINOR),
        },
    )
    assert maintenance.policy() == {
        "recurring_window": {
            "start_time": "2026-01-01T01:00:00Z",
            "end_time": "2026-01-01T11:00:00Z",
            "recurrence": "FREQ=WEEKLY;BYDAY=MO,SU",
        },
        "maintenance_exclusions": [
            {
                "exclusion_name": "audit",
                "start_time": "2027-01-04T00:00:00Z",
                "end_time": "2027-02-04T00:00:00Z",
                "exclusion_options": {"scope": "NO_MINOR_UPGRADES"},
            },
            {
                "exclusion_name": "migration",
                "start_time": "2027-01-04T00:00:00Z",
                "end_time": "2027-02-04T00:00:00Z",
                "exclusion_options": {"scope": "NO_UPGRADES"},
            },
        ],
    }


def test_days_and_pauses_are_written_as_gke_reads_them() -> None:
    assert [day.value for day in Weekday] == ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    assert [pause.value for pause in Pause] == [
        "NO_UPGRADES",
        "NO_MINOR_UPGRADES",
        "NO_MINOR_OR_NODE_UPGRADES",
    ]


def test_cloud_sql_counts_days_from_monday() -> None:
    assert [day.number for day in Weekday] == [1, 2, 3, 4, 5, 6, 7]
    assert DatabaseMaintenance(day=Weekday.MONDAY, hour=23).window() == {
        "day": 1,
        "hour": 23,
        "update_track": "stable",
    }


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            lambda: ClusterMaintenance(days=[Weekday.SUNDAY], hours=8),
            "maintenance windows offer 32 hours in four weeks and GKE asks for 48: name more days or hours",
        ),
        (
            lambda: ClusterMaintenance(days=[Weekday.SUNDAY, Weekday.SUNDAY], hours=8),
            "maintenance windows offer 32 hours in four weeks and GKE asks for 48: name more days or hours",
        ),
        (lambda: ClusterMaintenance(hour=-1), "hour -1: write 0 to 23, in UTC"),
        (
            lambda: ClusterMaintenance(days=[*Weekday], hours=3),
            "maintenance of 3 hours from 4:00: write at least 4, ending on the same day",
        ),
        (
            lambda: ClusterMaintenance(hour=20, hours=4),
            "maintenance of 4 hours from 20:00: write at least 4, ending on the same day",
        ),
        (lambda: ClusterMaintenance(hour=24), "hour 24: write 0 to 23, in UTC"),
        (
            lambda: Exclusion(start=FEBRUARY, end=JANUARY),
            (
                "exclusion ends at 2027-01-04 00:00:00+00:00 and starts at 2027-02-04 00:00:00+00:00: "
                "write a later end"
            ),
        ),
        (
            lambda: Exclusion(start=JANUARY.replace(tzinfo=None), end=FEBRUARY),
            "exclusion's start at 2027-01-04 00:00:00 says no time zone: write datetime(..., tzinfo=UTC)",
        ),
        (
            lambda: Exclusion(start=JANUARY, end=FEBRUARY.replace(tzinfo=None)),
            "exclusion's end at 2027-02-04 00:00:00 says no time zone: write datetime(..., tzinfo=UTC)",
        ),
    ],
)
def test_times_that_google_does_not_take_are_refused(wrong: Callable[[], object], message: str) -> None:
    with refused(message):
        wrong()


def test_the_limits_themselves_are_accepted() -> None:
    assert ClusterMaintenance(days=[Weekday.SUNDAY], hour=0, hours=12).hours == 12
    assert ClusterMaintenance(hour=17, hours=6).hour == 17
