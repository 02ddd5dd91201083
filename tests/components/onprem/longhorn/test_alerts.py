"""Longhorn's alerts, asked by the real promtool what they say of made-up days."""

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from components.onprem.longhorn.alerts import ALERTS, BACKUP_ALERTS
from tests.debian import program

GROUPS: Final = [*ALERTS, *BACKUP_ALERTS]
RULES: Final[Mapping[str, Any]] = {rule["alert"]: rule for group in GROUPS for rule in group["rules"]}

METRICS: Final = {
    "longhorn_volume_robustness": {"node", "volume", "pvc", "pvc_namespace", "state"},
    "longhorn_volume_encrypted": {"node", "volume", "pvc", "pvc_namespace"},
    "longhorn_volume_last_backup_at": {"node", "volume", "pvc", "pvc_namespace"},
    "longhorn_node_status": {"node", "condition", "condition_reason"},
    "longhorn_node_count_total": set(),
    "longhorn_disk_usage_bytes": {"node", "disk"},
    "longhorn_disk_capacity_bytes": {"node", "disk"},
    "longhorn_backup_state": {"volume", "backup", "recurring_job"},
}
"""Each metric and its labels, from longhorn-manager v1.12.1 metrics_collector/."""

VOLUME: Final = 'volume="pvc-1", pvc="wal", pvc_namespace="data"'


def at(name: str, labels: str = "") -> str:
    return f"{name}{{{labels}}}"


def case(alert: str, series: Mapping[str, str], fires: str | None, quiet: str) -> Mapping[str, Any]:
    """At ``fires`` the alert is there once, at ``quiet`` not; the first is None for one that never fires."""
    rule = f'count(ALERTS{{alertname="{alert}", alertstate="firing"}})'
    asked = [{"expr": rule, "eval_time": quiet, "exp_samples": []}]
    if fires:
        asked.append({"expr": rule, "eval_time": fires, "exp_samples": [{"labels": "{}", "value": 1}]})
    return {
        "interval": "1m",
        "input_series": [{"series": key, "values": values} for key, values in series.items()],
        "promql_expr_test": asked,
    }


CASES: Final = {
    "faulted": case(
        "LonghornVolumeFaulted",
        {at("longhorn_volume_robustness", f'node="a", {VOLUME}, state="faulted"'): "0x10 1x20"},
        "13m",
        "10m",
    ),
    "degraded": case(
        "LonghornVolumeDegraded",
        {at("longhorn_volume_robustness", f'node="a", {VOLUME}, state="degraded"'): "1x60"},
        "31m",
        "29m",
    ),
    "degraded, and told of by another node meanwhile": case(
        "LonghornVolumeDegraded",
        {
            at("longhorn_volume_robustness", f'node="a", {VOLUME}, state="degraded"'): "1x15 stale",
            at("longhorn_volume_robustness", f'node="b", {VOLUME}, state="degraded"'): "_x15 1x40",
        },
        "31m",
        "29m",
    ),
    "not encrypted": case(
        "LonghornVolumeNotEncrypted",
        {
            at("longhorn_volume_encrypted", 'node="a", volume="pvc-2"'): "0x10",
            at("longhorn_volume_encrypted", f'node="a", {VOLUME}'): "1x10",
        },
        "2m",
        "0m",
    ),
    "a node that says it is not ready": case(
        "LonghornNodeDown",
        {
            at(
                "longhorn_node_status", 'node="b", condition="ready", condition_reason="KubeletDown"'
            ): "1x5 0x20"
        },
        "12m",
        "9m",
    ),
    "a node that says nothing any more": case(
        "LonghornNodeMissing",
        {
            at("longhorn_node_count_total", 'node="a"'): "2x30",
            at("longhorn_node_status", 'node="a", condition="ready"'): "1x30",
            at("longhorn_node_status", 'node="b", condition="ready"'): "1x5 stale",
        },
        "12m",
        "5m",
    ),
    "every node tells": case(
        "LonghornNodeMissing",
        {
            at("longhorn_node_count_total", 'node="a"'): "2x30",
            at("longhorn_node_count_total", 'node="b"'): "2x30",
            at("longhorn_node_status", 'node="a", condition="ready"'): "1x30",
            at("longhorn_node_status", 'node="b", condition="ready"'): "0x30",
        },
        None,
        "20m",
    ),
    "nobody tells anything": case(
        "LonghornSilent",
        {at("longhorn_node_count_total", 'node="a"'): "2x5 stale"},
        "17m",
        "14m",
    ),
    "a disk that fills": case(
        "LonghornDiskFilling",
        {
            at("longhorn_disk_usage_bytes", 'node="a", disk="d"'): "70x5 76x30",
            at("longhorn_disk_capacity_bytes", 'node="a", disk="d"'): "100x40",
        },
        "22m",
        "19m",
    ),
    "a full disk": case(
        "LonghornDiskFull",
        {
            at("longhorn_disk_usage_bytes", 'node="a", disk="d"'): "89x5 91x30",
            at("longhorn_disk_capacity_bytes", 'node="a", disk="d"'): "100x40",
        },
        "12m",
        "9m",
    ),
    "a backup of yesterday's yesterday": case(
        "LonghornBackupOld",
        {at("longhorn_volume_last_backup_at", f'node="a", {VOLUME}'): "60x2000"},
        "1580m",  # 26 hours, a minute and the quarter of an hour that it must last
        "1560m",
    ),
    "no backup yet is not an old one": case(
        "LonghornBackupOld",
        {at("longhorn_volume_last_backup_at", f'node="a", {VOLUME}'): "0x2000"},
        None,
        "1900m",
    ),
    "never backed up": case(
        "LonghornBackupNever",
        {at("longhorn_volume_last_backup_at", f'node="a", {VOLUME}'): "0x2000"},
        "1562m",
        "1500m",
    ),
    "a failed backup": case(
        "LonghornBackupFailed",
        {at("longhorn_backup_state", 'volume="pvc-1", backup="backup-1", recurring_job="daily"'): "2x3 4x20"},
        "10m",
        "5m",
    ),
}


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("rules") / "longhorn.yaml"
    file.write_text(json.dumps({"groups": GROUPS}), encoding="utf-8")
    return file


def promtool(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program("promtool", "prometheus"), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_prometheus_takes_the_rules(rules: Path) -> None:
    ran = promtool("check", "rules", rules)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"{len(RULES)} rules found" in ran.stdout


@pytest.mark.parametrize("name", CASES)
def test_an_alert_fires_when_it_should_and_not_before(name: str, rules: Path, tmp_path: Path) -> None:
    file = tmp_path / "test.yaml"
    written = {"rule_files": [str(rules)], "evaluation_interval": "1m", "tests": [CASES[name]]}
    file.write_text(json.dumps(written), encoding="utf-8")
    ran = promtool("test", "rules", file)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_every_alert_has_a_case() -> None:
    asked = {
        re.findall(r'alertname="(\w+)"', json.dumps(each).replace("\\", ""))[0] for each in CASES.values()
    }
    assert asked == {*RULES}


@pytest.mark.parametrize("name", RULES)
def test_an_alert_asks_only_for_what_longhorn_tells(name: str) -> None:
    rule = RULES[name]
    asked = {*re.findall(r"longhorn_\w+", rule["expr"])}
    assert asked
    assert asked <= {*METRICS}
    labels = set().union(*(METRICS[metric] for metric in asked))
    told = {*re.findall(r"\$labels\.(\w+)", json.dumps(rule["annotations"]))}
    kept = re.search(r"by \(([^)]*)\)", rule["expr"])
    assert told <= ({*kept[1].split(", ")} if kept else labels)
    assert {*re.findall(r"[{,]\s*(\w+)=", rule["expr"])} <= labels


def test_somebody_is_woken_only_for_what_cannot_wait() -> None:
    assert {rule["labels"]["severity"] for rule in RULES.values()} == {"critical", "warning"}
