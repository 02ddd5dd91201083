"""When somebody is called because of the database; for the monitoring to install."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

BACKUP: Final = "barman_cloud_cloudnative_pg_io_last_available_backup_timestamp"
WAL_DISK: Final = (
    'cnpg_collector_pg_wal{value="size"} / ignoring(value) cnpg_collector_pg_wal{value="volume_size"}'
)
WAN: Final = "docs/runbooks/wan-down.md"
RECOVER: Final = "docs/runbooks/postgres-pitr.md"
RESYNC: Final = "docs/runbooks/replication-resync.md"


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """One alert: what is wrong, for how long before somebody is told, and what he reads then."""

    name: str
    when: str
    """PromQL."""
    lasting: str
    critical: bool = False
    """Somebody gets up for it; the others wait for the morning."""
    says: str
    runbook: str = WAN

    def written(self) -> Mapping[str, Any]:
        """As Prometheus takes it."""
        return {
            "alert": self.name,
            "expr": self.when,
            "for": self.lasting,
            "labels": {"severity": "critical" if self.critical else "warning"},
            "annotations": {"summary": self.says, "runbook": self.runbook},
        }


ALERTS: Final[Sequence[Alert]] = (
    Alert(
        name="DatabaseDown",
        when='cnpg_collector_up == 0 or absent(cnpg_collector_up{namespace="data"})',
        lasting="2m",
        critical=True,
        says="a PostgreSQL server does not answer: {{ $labels.pod }}",
        runbook=RECOVER,
    ),
    Alert(
        name="DatabaseStandbyMissing",
        when=(
            "max by (namespace) (cnpg_pg_replication_streaming_replicas)"
            " < max by (namespace) (max_over_time(cnpg_pg_replication_streaming_replicas[1d]))"
        ),
        lasting="10m",
        says="fewer standbys follow than within the last day; the next loss of a machine stops all writing",
    ),
    Alert(
        name="DatabaseStandbyBehind",
        when="cnpg_pg_replication_lag > 60",
        lasting="5m",
        says="{{ $labels.pod }} is {{ $value | humanizeDuration }} behind",
    ),
    Alert(
        name="DatabaseArchiveFailing",
        when="cnpg_pg_stat_archiver_last_failed_time - cnpg_pg_stat_archiver_last_archived_time > 1",
        lasting="15m",
        says="the log is not archived; what happens now is lost if all machines are",
    ),
    Alert(
        name="DatabaseArchiveBehind",
        when='cnpg_collector_pg_wal_archive_status{value="ready"} > 128',
        lasting="30m",
        critical=True,
        says="{{ $value }} pieces of the log, 16 MiB each, wait for the archive",
    ),
    Alert(
        name="DatabaseLogDiskFilling",
        when=f"{WAL_DISK} > 0.6",
        lasting="5m",
        says="the log's disk of {{ $labels.pod }} is {{ $value | humanizePercentage }} full",
    ),
    Alert(
        name="DatabaseLogDiskFull",
        when=f"{WAL_DISK} > 0.8",
        lasting="1m",
        critical=True,
        says="the log's disk of {{ $labels.pod }} is {{ $value | humanizePercentage }} full: soon all stops",
    ),
    Alert(
        name="DatabaseBackupOld",
        when=f"time() - max by (namespace) ({BACKUP}) > 26 * 3600",
        lasting="1h",
        critical=True,
        says="the newest base backup is {{ $value | humanizeDuration }} old, or there is none",
    ),
    Alert(
        name="DatabaseSlotLarge",
        when='cnpg_pg_replication_slots_pg_wal_lsn_diff{slot_type="logical"} > 2 * 1024 ^ 3',
        lasting="15m",
        says="the subscriber of {{ $labels.slot_name }} is {{ $value | humanize1024 }}B behind",
    ),
    Alert(
        name="DatabaseSlotLosing",
        when="cnpg_pg_slots_safe_bytes >= 0 and cnpg_pg_slots_safe_bytes < 2 * 1024 ^ 3",
        lasting="5m",
        critical=True,
        says="in {{ $value | humanize1024 }}B the subscriber of {{ $labels.slot_name }} must copy all anew",
    ),
    Alert(
        name="DatabaseSlotLost",
        when="cnpg_pg_slots_lost > 0",
        lasting="1m",
        critical=True,
        says="the subscriber of {{ $labels.slot_name }} was away too long: it must copy all tables anew",
        runbook=RESYNC,
    ),
    Alert(
        name="DatabaseDiskFilling",
        when=(
            'kubelet_volume_stats_available_bytes{namespace="data"}'
            ' / kubelet_volume_stats_capacity_bytes{namespace="data"} < 0.2'
        ),
        lasting="15m",
        critical=True,
        says="the volume {{ $labels.persistentvolumeclaim }} has {{ $value | humanizePercentage }} left",
    ),
    Alert(
        name="DatabaseBlocksDamaged",
        when="increase(cnpg_pg_checksums_failures[1h]) > 0",
        lasting="0m",
        critical=True,
        says="{{ $labels.pod }} read damaged blocks in {{ $labels.datname }}: move away from its disk",
        runbook=RECOVER,
    ),
)

GROUPS: Final[Sequence[Mapping[str, Any]]] = (
    {"name": "hospital-database", "rules": [alert.written() for alert in ALERTS]},
)
"""Of a ``PrometheusRule``."""
