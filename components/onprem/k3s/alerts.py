"""What is told of a cluster before it fails: Prometheus' rules, for whoever installs the monitoring."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

DAY: Final = 86400
"""Seconds."""


def _alert(name: str, expression: str, wait: str, severity: str, told: tuple[str, str]) -> Mapping[str, Any]:
    summary, runbook = told
    return {
        "alert": name,
        "expr": expression,
        "for": wait,
        "labels": {"severity": severity},
        "annotations": {"summary": summary, "runbook": f"docs/runbooks/{runbook}.md"},
    }


_SNAPSHOTS: Sequence[Mapping[str, Any]] = [
    _alert(
        "EtcdSnapshotOld",
        # at each start of k3s the counter begins anew, and it is not there before the first snapshot
        'sum(increase(k3s_etcd_snapshot_save_duration_seconds_count{status="success"}[13h])) < 1'
        ' or absent(k3s_etcd_snapshot_save_duration_seconds_count{status="success"})',
        "1h",
        "critical",
        ("No snapshot of etcd for half a day: two in a row are missing", "etcd-restore"),
    ),
    _alert(
        "EtcdSnapshotNotUploaded",
        'sum(increase(k3s_etcd_snapshot_save_s3_duration_seconds_count{status="success"}[13h])) < 1'
        ' or absent(k3s_etcd_snapshot_save_s3_duration_seconds_count{status="success"})',
        "1h",
        "critical",
        ("No snapshot of etcd has left the hospital for half a day", "etcd-restore"),
    ),
]

_NODES: Sequence[Mapping[str, Any]] = [
    _alert(
        "K3sCertificateEnds",
        f'min by (instance) (k3s_certificate_expiration_seconds{{usages!~".*CertSign.*"}}) < {60 * DAY}',
        "1h",
        "warning",
        (
            "A certificate on {{ $labels.instance }} ends within two months: restart k3s there",
            "k3s-upgrade",
        ),
    ),
    _alert(
        "K3sCertificateEndsSoon",
        f'min by (instance) (k3s_certificate_expiration_seconds{{usages!~".*CertSign.*"}}) < {7 * DAY}',
        "10m",
        "critical",
        (
            "A certificate on {{ $labels.instance }} ends within a week, and then the node stops",
            "k3s-upgrade",
        ),
    ),
    _alert(
        "NodeNotReady",
        'kube_node_status_condition{condition="Ready",status="true"} == 0',
        "5m",
        "critical",
        ("{{ $labels.node }} is not ready", "node-replace"),
    ),
    _alert(
        "NodeCordonedLong",
        "kube_node_spec_unschedulable == 1",
        "2h",
        "warning",
        ("{{ $labels.node }} takes no Pods for two hours: an upgrade could not empty it", "k3s-upgrade"),
    ),
    _alert(
        "KubeletVersionsDiffer",
        "count(count by (kubelet_version) (kube_node_info)) > 1",
        "6h",
        "warning",
        ("Nodes run different versions of k3s for six hours", "k3s-upgrade"),
    ),
    _alert(
        "EtcdWithoutLeader",
        "etcd_server_has_leader == 0",
        "1m",
        "critical",
        ("etcd on {{ $labels.instance }} has no leader: nothing can be changed", "etcd-restore"),
    ),
]

GROUPS: Final[Sequence[Mapping[str, Any]]] = [
    {"name": "k3s-snapshots", "rules": _SNAPSHOTS},
    {"name": "k3s-nodes", "rules": _NODES},
]
"""As they stand under ``groups:`` of a rule file, or under ``spec.groups`` of a PrometheusRule."""
