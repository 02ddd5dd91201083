"""How careful each environment is. A reviewer reads dev, staging and prod side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from settings.choices import Environment


@dataclass(frozen=True, kw_only=True, slots=True)
class Care:
    """Availability, protection, retention and sizes of one environment."""

    protect: bool
    """Whether Pulumi refuses to delete what holds data."""
    hardware_keys: bool
    """Whether encryption keys live in a hardware module (FIPS 140-2 level 3)."""
    nat_addresses: int
    """Fixed outgoing addresses, 1 to 4."""
    soft_delete_days: int
    """How long a deleted object can be restored; 7 to 90."""
    noncurrent_days: int
    """How long an overwritten version of an object is kept."""
    log_days: int
    """How long logs can be searched."""
    audit_days: int
    """How long audit logs are kept: six years in prod (HIPAA, 45 CFR 164.316(b)(2)(i))."""
    highly_available: bool
    """Whether the database is written to two zones at once."""
    database_tier: str
    """CPUs and memory of the database, as Cloud SQL names them: ``db-custom-<CPUs>-<MiB>``."""
    database_backups: int
    """Daily backups that stay; 7 to 365. Any second of the last seven days can be had back besides."""
    final_backup_days: int
    """How long the backup stays that is taken when a database is deleted; 1 to 365."""
    cluster_backup_days: int
    """How long a copy of a cluster stays."""
    cluster_lock_days: int
    """How long nobody can delete such a copy; 1 to 90."""
    settled_versions: bool
    """Whether clusters wait for versions that others have run for months."""
    images_kept: int
    """Versions of each image that stay for a rollback."""
    rotation_days: int
    """How long a secret is used before its value is replaced; 1 to 90."""
    gateway_machine: str
    """The machine type of each of the two gateways of the VPN."""
    volume_replicas: int
    """Machines of a hospital that hold each volume."""
    local_instances: int
    """Of the hospital's database and of Vault, each on a machine of its own; 1 or 3."""
    local_database_gib: int
    """Of the hospital's database, for each instance."""
    local_database_cpus: int
    """Of the hospital's database, for each instance."""
    local_database_memory_gib: int
    """Likewise."""
    local_wal_gib: int
    """What it may still write while nothing can be archived, for each instance."""
    holds: bool
    """Whether patient documents are held until released (Brazilian Law 13.787/2018)."""


CARE: Final[Mapping[Environment, Care]] = MappingProxyType(
    {
        Environment.DEV: Care(
            protect=False,
            hardware_keys=False,
            nat_addresses=1,
            soft_delete_days=7,
            noncurrent_days=7,
            log_days=7,
            audit_days=7,
            highly_available=False,
            database_tier="db-custom-1-3840",
            database_backups=7,
            final_backup_days=7,
            cluster_backup_days=7,
            cluster_lock_days=1,
            settled_versions=False,
            images_kept=5,
            rotation_days=90,
            gateway_machine="e2-small",
            volume_replicas=1,
            local_instances=1,
            local_database_gib=5,
            local_database_cpus=1,
            local_database_memory_gib=1,
            local_wal_gib=5,
            holds=False,
        ),
        Environment.STAGING: Care(
            protect=False,
            hardware_keys=False,
            nat_addresses=1,
            soft_delete_days=7,
            noncurrent_days=14,
            log_days=30,
            audit_days=90,
            highly_available=True,
            database_tier="db-custom-1-3840",
            database_backups=7,
            final_backup_days=7,
            cluster_backup_days=7,
            cluster_lock_days=1,
            settled_versions=False,
            images_kept=10,
            rotation_days=90,
            gateway_machine="e2-small",
            volume_replicas=1,
            local_instances=1,
            local_database_gib=5,
            local_database_cpus=1,
            local_database_memory_gib=1,
            local_wal_gib=5,
            holds=False,
        ),
        Environment.PROD: Care(
            protect=True,
            hardware_keys=True,
            nat_addresses=2,
            soft_delete_days=30,
            noncurrent_days=90,
            log_days=400,
            audit_days=2190,
            highly_available=True,
            database_tier="db-custom-2-7680",
            database_backups=30,
            final_backup_days=90,
            cluster_backup_days=35,
            cluster_lock_days=30,
            settled_versions=True,
            images_kept=30,
            rotation_days=90,
            gateway_machine="e2-standard-2",
            volume_replicas=3,
            local_instances=3,
            local_database_gib=200,
            local_database_cpus=2,
            local_database_memory_gib=4,
            local_wal_gib=50,
            holds=True,
        ),
    }
)
