"""The database of the cloud side: metadata and analytics, never who a patient is."""

from collections.abc import Iterator, Mapping
from typing import Final

from pulumi import Output

from components.classification import Classification
from components.cloud.database.cloudsql import CloudSql, CloudSqlArgs
from components.cloud.database.settings import Availability, DatabaseBackups
from stacks import keys as use
from stacks.ground import Ground
from stacks.holding import Holding
from stacks.identities import Identities
from stacks.network import CloudNetwork

DATABASES: Final = ("analytics", "backend")
"""``analytics`` receives what the hospitals publish without names; ``backend`` is the cloud services' own."""


def build_database(
    ground: Ground, network: CloudNetwork, keys: Mapping[str, Output[str]], identities: Identities
) -> CloudSql:
    """PostgreSQL where the cluster is, with a replica in the recovery region if there is one."""
    cloud, care = ground.cloud, ground.care
    args = CloudSqlArgs(
        project=ground.project,
        region=cloud.region,
        network=network.for_services,
        allocated_range=network.services_range,
        key=keys[use.DATABASE],
        tier=care.database_tier,
        availability=Availability.REGIONAL if care.highly_available else Availability.ZONAL,
        backups=DatabaseBackups(
            location=cloud.backup_location.lower(),
            kept=care.database_backups,
            final_days=care.final_backup_days,
        ),
        classification=Classification.DEIDENTIFIED,
        databases=DATABASES,
        accounts={"backend": identities.backend.email},
        replicas={cloud.recovery: keys[use.RECOVERED_DATABASE]} if cloud.recovery else {},
        labels=ground.settings.labels,
        deletion_protection=care.protect,
    )
    return CloudSql("database", args, ground.guarded)


def holdings(ground: Ground) -> Iterator[Holding]:
    """What lies in the database, its replica and its backups."""
    cloud = ground.cloud
    places = {"database": cloud.region, "database-backups": cloud.backup_location}
    if cloud.recovery:
        places["database-replica"] = cloud.recovery
    for store, location in places.items():
        yield Holding(store=store, classification=Classification.DEIDENTIFIED, location=location)
