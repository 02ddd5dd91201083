"""What is told of a cluster: Prometheus' own unit tests of our rules."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from components.onprem.k3s.alerts import GROUPS
from tests.debian import program

ROOT: Final = Path(__file__).parents[4]
RULES: Final = {rule["alert"]: rule for group in GROUPS for rule in group["rules"]}
SAVED: Final = 'k3s_etcd_snapshot_save_duration_seconds_count{instance="server-1",status="success"}'
UPLOADED: Final = 'k3s_etcd_snapshot_save_s3_duration_seconds_count{instance="server-1",status="success"}'
CERTIFICATE: Final = (
    'k3s_certificate_expiration_seconds{instance="mac-1",subject="CN=kubelet",usages="ServerAuth"}'
)
AUTHORITY: Final = 'k3s_certificate_expiration_seconds{instance="mac-1",subject="CN=ca",usages="CertSign"}'
READY: Final = 'kube_node_status_condition{node="mac-1",condition="Ready",status="true"}'
VERSIONS: Final = 'kube_node_info{{node="{}",kubelet_version="{}"}}'
DAY: Final = 86400

STEADY: Final = " ".join(f"{number}x71" for number in range(10))
"""A counter that grows every six hours, seen every five minutes."""
STUCK: Final = " ".join(f"{min(number, 3)}x71" for number in range(10))
"""The same, which stops growing after eighteen hours."""


def silent(alert: str, at: str, **series: str) -> Mapping[str, Any]:
    return _case(alert, at, series, fires=None)


def fires(alert: str, at: str, labels: Mapping[str, str], **series: str) -> Mapping[str, Any]:
    return _case(alert, at, series, fires=labels)


def _case(
    alert: str, at: str, series: Mapping[str, str], *, fires: Mapping[str, str] | None
) -> Mapping[str, Any]:
    names = {
        "saved": SAVED,
        "uploaded": UPLOADED,
        "certificate": CERTIFICATE,
        "authority": AUTHORITY,
        "ready": READY,
        "cordoned": 'kube_node_spec_unschedulable{node="mac-1"}',
        "one": VERSIONS.format("mac-1", "v1.36.3+k3s1"),
        "other": VERSIONS.format("mac-2", "v1.36.2+k3s1"),
        "same": VERSIONS.format("mac-2", "v1.36.3+k3s1"),
        "leader": 'etcd_server_has_leader{instance="server-1"}',
    }
    told = [{"series": names[key], "values": values} for key, values in series.items()]
    return {"alert": alert, "at": at, "series": told, "fires": fires}


CASES: Final[Sequence[Mapping[str, Any]]] = [
    silent("EtcdSnapshotOld", "50h", saved=STEADY),
    fires("EtcdSnapshotOld", "50h", {}, saved=STUCK),
    fires("EtcdSnapshotOld", "3h", {"status": "success"}, ready="1x300"),
    silent("EtcdSnapshotNotUploaded", "50h", uploaded=STEADY),
    fires("EtcdSnapshotNotUploaded", "50h", {}, saved=STEADY, uploaded=STUCK),
    fires("EtcdSnapshotNotUploaded", "50h", {"status": "success"}, saved=STEADY),
    silent("K3sCertificateEnds", "5h", certificate=f"{61 * DAY}x300"),
    fires("K3sCertificateEnds", "5h", {"instance": "mac-1"}, certificate=f"{59 * DAY}x300"),
    silent("K3sCertificateEnds", "5h", authority=f"{59 * DAY}x300"),
    silent("K3sCertificateEndsSoon", "5h", certificate=f"{8 * DAY}x300"),
    fires("K3sCertificateEndsSoon", "5h", {"instance": "mac-1"}, certificate=f"{6 * DAY}x300"),
    silent("NodeNotReady", "5h", ready="1x300"),
    fires("NodeNotReady", "5h", {"node": "mac-1", "condition": "Ready", "status": "true"}, ready="1 0x300"),
    silent("NodeCordonedLong", "2h", cordoned="0x3 1x300"),
    fires("NodeCordonedLong", "5h", {"node": "mac-1"}, cordoned="0x3 1x300"),
    silent("KubeletVersionsDiffer", "20h", one="1x300", same="1x300"),
    silent("KubeletVersionsDiffer", "4h", one="1x300", other="1x300"),
    fires("KubeletVersionsDiffer", "8h", {}, one="1x300", other="1x300"),
    silent("EtcdWithoutLeader", "5h", leader="1x300"),
    fires("EtcdWithoutLeader", "5h", {"instance": "server-1"}, leader="1 0x300"),
]


def promtool(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program("promtool", "prometheus"), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    file = tmp_path / "rules.yaml"
    file.write_text(yaml.safe_dump({"groups": [*GROUPS]}), encoding="utf-8")
    return file


def test_prometheus_takes_the_rules(rules: Path) -> None:
    done = promtool(rules.parent, "check", "rules", rules.name)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_fires_when_it_should_and_only_then(rules: Path) -> None:
    tests = [
        {
            "interval": "5m",
            "input_series": case["series"],
            "alert_rule_test": [
                {"eval_time": case["at"], "alertname": case["alert"], "exp_alerts": _expected(case)}
            ],
        }
        for case in CASES
    ]
    document = {"rule_files": [rules.name], "evaluation_interval": "5m", "tests": tests}
    (rules.parent / "tests.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
    done = promtool(rules.parent, "test", "rules", "tests.yaml")
    assert done.returncode == 0, done.stdout + done.stderr


def _expected(case: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if case["fires"] is None:
        return []
    rule = RULES[case["alert"]]
    told = {
        key: text.replace("{{ $labels.instance }}", case["fires"].get("instance", "")).replace(
            "{{ $labels.node }}", case["fires"].get("node", "")
        )
        for key, text in rule["annotations"].items()
    }
    return [{"exp_labels": {**rule["labels"], **case["fires"]}, "exp_annotations": told}]


def test_every_alert_is_proven_both_ways() -> None:
    assert {case["alert"] for case in CASES if case["fires"] is None} == {*RULES}
    assert {case["alert"] for case in CASES if case["fires"] is not None} == {*RULES}


@pytest.mark.parametrize("alert", RULES)
def test_every_alert_says_what_to_read(alert: str) -> None:
    assert (ROOT / RULES[alert]["annotations"]["runbook"]).is_file()
