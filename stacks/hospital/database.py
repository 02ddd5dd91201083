"""The hospital's own database: who a patient is never leaves it."""

from ipaddress import IPv4Network

from components.classification import Classification
from components.onprem.postgres.archive import TOKEN, Archive
from components.onprem.postgres.arguments import PostgresArgs
from components.onprem.postgres.cluster import Postgres
from components.onprem.postgres.operator import DatabaseOperator, DatabaseOperatorArgs
from stacks.ground import Ground
from stacks.hospital.floor import Floor
from stacks.hospital.trust import ARCHIVE, Trust
from stacks.hospital.volumes import Volumes


def build_database(
    floor: Floor, volumes: Volumes, archive: Archive | None, subscribers: IPv4Network | None
) -> Postgres:
    """PostgreSQL on encrypted volumes; ``subscribers`` may have what is de-identified, and nothing else."""
    lot, care = floor.lot, floor.lot.care
    operator = DatabaseOperatorArgs(
        namespace=floor.namespaces["cnpg-system"],
        certificates=floor.issuer if archive else None,
        replicas=2 if care.highly_available else 1,
        servers=lot.servers,
        callers=lot.callers,
    )
    ready = DatabaseOperator(f"{lot.name}-database-operator", operator, lot.where).ready
    args = PostgresArgs(
        namespace=floor.namespaces["data"],
        operator=ready,
        instances=care.local_instances,
        storage_class=volumes.single,
        data_gib=care.local_database_gib,
        wal_gib=care.local_wal_gib,
        cpus=care.local_database_cpus,
        memory_gib=care.local_database_memory_gib,
        archive=archive,
        issuer=floor.issuer,
        clients=["clinical"],
        servers=lot.servers,
        replication_from=subscribers,
        classification=Classification.PATIENT if archive else Classification.INTERNAL,
        labels=lot.settings.labels,
    )
    return Postgres(f"{lot.name}-postgres", args, lot.guarded)


def archive_of(ground: Ground, site: str, trust: Trust) -> Archive:
    """The site's folder in the backups' bucket."""
    return Archive(
        bucket=trust.bucket,
        prefix=f"{ARCHIVE}/{site}",
        project=ground.project.id,
        credentials=trust.federation.credentials(TOKEN),
        audience=trust.federation.audience,
    )
