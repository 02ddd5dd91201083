"""What Longhorn is watched for, as rule groups of Prometheus.

The metrics are those of https://longhorn.io/docs/1.12.1/monitoring/metrics/; each node's manager tells of the
volumes that it owns, so a volume is told of once. Since 1.10 robustness is a label, no longer a number.
"""

from collections.abc import Mapping
from typing import Any, Final

DAY: Final = 26 * 3600
"""Seconds: backups start once a day, and large ones take their time."""


def _alert(name: str, when: str, minutes: int, severity: str, said: tuple[str, str]) -> Mapping[str, Any]:
    summary, description = said
    return {
        "alert": name,
        "expr": when,
        "for": f"{minutes}m",
        "labels": {"severity": severity},
        "annotations": {"summary": summary, "description": description},
    }


def _of(metric: str, holds: str) -> str:
    """Of each volume, whichever node tells of it: that one changes, and an alert must not begin anew then."""
    return f"max by (volume, pvc, pvc_namespace) ({metric}) {holds}"


VOLUMES: Final = (
    _alert(
        "LonghornVolumeFaulted",
        _of('longhorn_volume_robustness{state="faulted"}', "== 1"),
        1,
        "critical",
        (
            "Volume {{ $labels.volume }} has no working copy",
            "{{ $labels.pvc_namespace }}/{{ $labels.pvc }} stands still: docs/runbooks/longhorn-restore.md.",
        ),
    ),
    _alert(
        "LonghornVolumeDegraded",
        _of('longhorn_volume_robustness{state="degraded"}', "== 1"),
        30,
        "warning",
        (
            "Volume {{ $labels.volume }} has fewer copies than it should",
            "Half an hour is longer than a node takes to start again; see whether a rebuild is running.",
        ),
    ),
    _alert(
        "LonghornVolumeNotEncrypted",
        _of("longhorn_volume_encrypted", "== 0"),
        1,
        "critical",
        (
            "Volume {{ $labels.volume }} is not encrypted",
            "No class of the platform makes such volumes: find out who did, and move its data.",
        ),
    ),
)

NODES: Final = (
    _alert(
        "LonghornNodeDown",
        'longhorn_node_status{condition="ready"} == 0',
        5,
        "critical",
        (
            "Storage node {{ $labels.node }} is not ready: {{ $labels.condition_reason }}",
            "Its strict-local volumes stand still; copies of others are rebuilt elsewhere.",
        ),
    ),
    _alert(
        "LonghornNodeMissing",
        'max(longhorn_node_count_total) - count(longhorn_node_status{condition="ready"}) > 0',
        5,
        "critical",
        (
            "{{ $value }} of Longhorn's nodes tell nothing",
            "A node that is gone cannot say that it is: its manager's metrics are missing.",
        ),
    ),
    _alert(
        "LonghornSilent",
        "absent(longhorn_node_count_total)",
        10,
        "critical",
        (
            "Longhorn tells nothing at all",
            "None of the other alerts about storage can fire until it does.",
        ),
    ),
    _alert(
        "LonghornDiskFilling",
        "longhorn_disk_usage_bytes / longhorn_disk_capacity_bytes > 0.75",
        15,
        "warning",
        (
            "Disk {{ $labels.disk }} of {{ $labels.node }} is {{ $value | humanizePercentage }} full",
            "At 90 % Longhorn puts nothing more on it, and at 100 % its volumes stop.",
        ),
    ),
    _alert(
        "LonghornDiskFull",
        "longhorn_disk_usage_bytes / longhorn_disk_capacity_bytes > 0.9",
        5,
        "critical",
        (
            "Disk {{ $labels.disk }} of {{ $labels.node }} is {{ $value | humanizePercentage }} full",
            "Nothing more is put on it, so a lost node's copies may find no place.",
        ),
    ),
)

BACKUPS: Final = (
    _alert(
        "LonghornBackupOld",
        f"time() - ({_of('longhorn_volume_last_backup_at', '> 0')}) > {DAY}",
        15,
        "critical",
        (
            "The newest backup of volume {{ $labels.volume }} is {{ $value | humanizeDuration }} old",
            "Either backups fail, or nothing was written since: Longhorn makes none of an unchanged volume.",
        ),
    ),
    _alert(
        "LonghornBackupNever",
        _of("longhorn_volume_last_backup_at", "== 0"),
        DAY // 60,
        "critical",
        (
            "Volume {{ $labels.volume }} was never backed up",
            "It is more than a day old; see the recurring jobs of its groups.",
        ),
    ),
    _alert(
        "LonghornBackupFailed",
        "longhorn_backup_state == 4",
        5,
        "warning",
        (
            "Backup {{ $labels.backup }} of volume {{ $labels.volume }} failed",
            "The next one is tried tonight; Longhorn deletes a failed one after a day.",
        ),
    ),
)


def _group(name: str, rules: tuple[Mapping[str, Any], ...]) -> Mapping[str, Any]:
    return {"name": name, "rules": list(rules)}


ALERTS: Final = (_group("longhorn-volumes", VOLUMES), _group("longhorn-nodes", NODES))
"""For every cluster with Longhorn."""

BACKUP_ALERTS: Final = (_group("longhorn-backups", BACKUPS),)
"""Where it has backups."""
