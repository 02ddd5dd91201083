"""Databases that would lose or leak data."""

from collections.abc import Callable
from typing import Any

import pytest

from components.cloud.database.settings import DatabaseBackups
from components.cloud.weekly import DatabaseMaintenance
from tests.components.cloud.arguments import cloud_sql
from tests.components.cloud.recorded import REGION, anywhere, refused

NO_REGION = "which is not a region: write one, as in us-central1"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            {"replicas": {REGION: "key"}},
            (
                "replica in southamerica-east1, where the primary is: both would be lost together; name "
                "another region, and set availability to Availability.REGIONAL against the loss of a zone"
            ),
        ),
        *(
            ({"replicas": {place: "key"}}, f"replica in {place!r}, {NO_REGION}")
            for place in ("SOUTHAMERICA-EAST1", "southamerica-east1-b", "us")
        ),
        ({"region": "us-central1-a"}, f"database in 'us-central1-a', {NO_REGION}"),
        ({"databases": []}, "an instance without databases serves nobody: name at least one"),
        (
            {"tier": "db-f1-micro"},
            (
                "tier 'db-f1-micro': write db-custom-<CPUs>-<MiB>; shared cores have no service level, "
                "and others belong to the edition ENTERPRISE_PLUS"
            ),
        ),
        (
            {"flags": {"log_connections": "off"}},
            "flag log_connections is 'on' on every database, for the audit: leave it out of flags",
        ),
        (
            {"labels": {"data-classification": "public"}},
            (
                "the label data-classification='public' contradicts the classification 'deidentified': "
                "leave the label out"
            ),
        ),
    ],
)
def test_a_database_that_would_lose_or_leak_data_is_refused(more: dict[str, Any], message: str) -> None:
    with refused(message):
        cloud_sql(anywhere(), **more)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            lambda: DatabaseBackups(location="us", kept=6),
            (
                "6 backups kept: write 7 to 365; recovery to a point in time needs a backup from before, "
                "up to 7 days ago"
            ),
        ),
        (
            lambda: DatabaseBackups(location="us", kept=366),
            (
                "366 backups kept: write 7 to 365; recovery to a point in time needs a backup from before, "
                "up to 7 days ago"
            ),
        ),
        (
            lambda: DatabaseBackups(location="us", kept=7, final_days=0),
            "final backup kept for 0 days: write 1 to 365",
        ),
        (lambda: DatabaseBackups(location="us", kept=7, hour=24), "hour 24: write 0 to 23, in UTC"),
        (lambda: DatabaseBackups(location="US", kept=7), "backups in 'US': Cloud SQL writes 'us'"),
        (lambda: DatabaseMaintenance(hour=-1), "hour -1: write 0 to 23, in UTC"),
    ],
)
def test_backups_that_could_not_be_used_are_refused(wrong: Callable[[], object], message: str) -> None:
    with refused(message):
        wrong()
