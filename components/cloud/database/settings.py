"""How every Cloud SQL instance of the platform is set up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from pulumi_gcp import sql

from components.cloud.times import check_hour

FLAGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cloudsql.enable_pgaudit": "on",
        "cloudsql.iam_authentication": "on",
        "log_checkpoints": "on",
        "log_connections": "on",
        "log_disconnections": "on",
        "log_hostname": "on",
        "log_lock_waits": "on",
        "log_min_duration_statement": "-1",  # slow statements would be logged whole, data included
        "log_min_error_statement": "error",
        "log_min_messages": "warning",
        "log_statement": "ddl",
        "log_temp_files": "0",
        "pgaudit.log": "ddl,role,read,write",
        "pgaudit.log_parameter": "off",  # parameters are data of patients
    }
)
"""Who did what, without the data itself (CIS GCP Foundations 6.2, HIPAA 45 CFR 164.312(b))."""

LOG_DAYS: Final = 7
"""The longest that Cloud SQL keeps logs for recovery to a point in time in the edition ENTERPRISE
(https://cloud.google.com/sql/docs/postgres/backup-recovery/pitr)."""

LONGEST: Final = 365
"""Backups, and days of the final one."""

PASSWORDS: Final[sql.DatabaseInstanceSettingsPasswordValidationPolicyArgsDict] = {
    "enable_password_policy": True,
    "complexity": "COMPLEXITY_DEFAULT",
    "min_length": 16,
    "reuse_interval": 5,
    "disallow_username_substring": True,
}
"""For the few users that are not known by IAM."""


class Availability(StrEnum):
    """How many zones hold the database."""

    ZONAL = "ZONAL"
    """One: when it fails, the database is away until the zone is back or a backup is restored."""
    REGIONAL = "REGIONAL"
    """Two, written to at once; the address stays the same."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DatabaseBackups:
    """Daily backups, and recovery to any second of the last week; an instance has both or does not exist."""

    location: str
    """A region or multi-region, in lower case."""
    kept: int
    """Daily backups that stay."""
    final_days: int = 90
    """How long the backup stays that is taken when the instance is deleted."""
    hour: int = 3
    """The hour, in UTC, in which they begin."""

    def __post_init__(self) -> None:
        if self.location != self.location.lower():
            raise ValueError(f"backups in {self.location!r}: Cloud SQL writes {self.location.lower()!r}")
        if not LOG_DAYS <= self.kept <= LONGEST:
            raise ValueError(
                f"{self.kept} backups kept: write {LOG_DAYS} to {LONGEST}; recovery to a point in time needs "
                f"a backup from before, up to {LOG_DAYS} days ago"
            )
        if not 1 <= self.final_days <= LONGEST:
            raise ValueError(f"final backup kept for {self.final_days} days: write 1 to {LONGEST}")
        check_hour(self.hour)

    def configuration(self) -> sql.DatabaseInstanceSettingsBackupConfigurationArgsDict:
        """As the provider takes it."""
        return {
            "enabled": True,
            "point_in_time_recovery_enabled": True,
            "transaction_log_retention_days": LOG_DAYS,
            "location": self.location,
            "start_time": f"{self.hour:02}:00",
            "backup_retention_settings": {"retained_backups": self.kept, "retention_unit": "COUNT"},
        }


def check_flags(flags: Mapping[str, str]) -> None:
    """Raise ``ValueError`` for a flag that the platform has decided already."""
    for flag in sorted(FLAGS.keys() & flags.keys()):
        raise ValueError(
            f"flag {flag} is {FLAGS[flag]!r} on every database, for the audit: leave it out of flags"
        )


def flags(more: Mapping[str, str]) -> Sequence[sql.DatabaseInstanceSettingsDatabaseFlagArgsDict]:
    """The platform's flags and ``more``, in alphabetical order."""
    return [{"name": name, "value": value} for name, value in sorted({**FLAGS, **more}.items())]
