"""Alerts come when they should and not before, says Prometheus' own tool."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from components.onprem.postgres.alerts import ALERTS, GROUPS
from components.onprem.postgres.metrics import QUERIES
from tests.debian import program
from tests.runbook import FOLDER

POD: Final = 'namespace="data", pod="postgres-1"'
ARCHIVED: Final = "cnpg_pg_stat_archiver_last_archived_time"
FAILED: Final = "cnpg_pg_stat_archiver_last_failed_time"
BACKUP: Final = "barman_cloud_cloudnative_pg_io_last_available_backup_timestamp"
VOLUME: Final = 'namespace="data", persistentvolumeclaim="postgres-1"'
DAYS: Final = 3000
"""Minutes of the samples."""

Series = Mapping[str, str]
UP: Final[Series] = {f"cnpg_collector_up{{{POD}}}": f"1x{DAYS}"}

BAD: Final[Mapping[str, tuple[Series, str]]] = {
    "DatabaseDown": ({f"cnpg_collector_up{{{POD}}}": f"0x{DAYS}"}, "3m"),
    "DatabaseStandbyMissing": (
        {f"cnpg_pg_replication_streaming_replicas{{{POD}}}": f"2x60 1x{DAYS}"},
        "75m",
    ),
    "DatabaseStandbyBehind": ({f"cnpg_pg_replication_lag{{{POD}}}": f"120x{DAYS}"}, "6m"),
    "DatabaseArchiveFailing": (
        {f"{ARCHIVED}{{{POD}}}": f"1000x{DAYS}", f"{FAILED}{{{POD}}}": f"2000x{DAYS}"},
        "16m",
    ),
    "DatabaseArchiveBehind": (
        {f'cnpg_collector_pg_wal_archive_status{{value="ready", {POD}}}': f"200x{DAYS}"},
        "31m",
    ),
    "DatabaseLogDiskFilling": (
        {
            f'cnpg_collector_pg_wal{{value="size", {POD}}}': f"70x{DAYS}",
            f'cnpg_collector_pg_wal{{value="volume_size", {POD}}}': f"100x{DAYS}",
        },
        "6m",
    ),
    "DatabaseLogDiskFull": (
        {
            f'cnpg_collector_pg_wal{{value="size", {POD}}}': f"90x{DAYS}",
            f'cnpg_collector_pg_wal{{value="volume_size", {POD}}}': f"100x{DAYS}",
        },
        "2m",
    ),
    "DatabaseBackupOld": ({f"{BACKUP}{{{POD}}}": f"0x{DAYS}"}, "28h"),
    "DatabaseSlotLarge": (
        {
            'cnpg_pg_replication_slots_pg_wal_lsn_diff{slot_name="cloud", slot_type="logical", '
            f"{POD}}}": f"3000000000x{DAYS}"
        },
        "16m",
    ),
    "DatabaseSlotLosing": (
        {f'cnpg_pg_slots_safe_bytes{{slot_name="cloud", {POD}}}': f"1000000000x{DAYS}"},
        "6m",
    ),
    "DatabaseSlotLost": ({f'cnpg_pg_slots_lost{{slot_name="cloud", {POD}}}': f"1x{DAYS}"}, "2m"),
    "DatabaseDiskFilling": (
        {
            f"kubelet_volume_stats_available_bytes{{{VOLUME}}}": f"10x{DAYS}",
            f"kubelet_volume_stats_capacity_bytes{{{VOLUME}}}": f"100x{DAYS}",
        },
        "16m",
    ),
    "DatabaseBlocksDamaged": (
        {f'cnpg_pg_checksums_failures{{datname="clinical", {POD}}}': f"0x10 1x{DAYS}"},
        "12m",
    ),
}
"""What each alert is for, and when it must have come."""

GOOD: Final[Series] = {
    **UP,
    f"cnpg_pg_replication_streaming_replicas{{{POD}}}": f"2x{DAYS}",
    f"cnpg_pg_replication_lag{{{POD}}}": f"2x{DAYS}",
    f"{ARCHIVED}{{{POD}}}": f"2000x{DAYS}",
    f"{FAILED}{{{POD}}}": f"1000x{DAYS}",
    f'cnpg_collector_pg_wal_archive_status{{value="ready", {POD}}}': f"3x{DAYS}",
    f'cnpg_collector_pg_wal{{value="size", {POD}}}': f"30x{DAYS}",
    f'cnpg_collector_pg_wal{{value="volume_size", {POD}}}': f"100x{DAYS}",
    f"{BACKUP}{{{POD}}}": f"0+60x{DAYS}",
    f'cnpg_pg_slots_safe_bytes{{slot_name="cloud", {POD}}}': f"20000000000x{DAYS}",
    f'cnpg_pg_slots_safe_bytes{{slot_name="unlimited", {POD}}}': f"-1x{DAYS}",
    f'cnpg_pg_slots_lost{{slot_name="cloud", {POD}}}': f"0x{DAYS}",
    f"kubelet_volume_stats_available_bytes{{{VOLUME}}}": f"50x{DAYS}",
    f"kubelet_volume_stats_capacity_bytes{{{VOLUME}}}": f"100x{DAYS}",
    f'cnpg_pg_checksums_failures{{datname="clinical", {POD}}}': f"0x{DAYS}",
}


def promtool(folder: Path, *command: str) -> str:
    done = subprocess.run(
        [program("promtool", "prometheus"), *command],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def checked(folder: Path, series: Series, tests: Sequence[Mapping[str, Any]]) -> str:
    """What Prometheus complains of when the alerts see these samples, a minute apart."""
    (folder / "rules.json").write_text(json.dumps({"groups": [*GROUPS]}), encoding="utf-8")
    samples = [{"series": name, "values": values} for name, values in series.items()]
    case = {"interval": "1m", "input_series": samples, "alert_rule_test": [*tests]}
    document = {"rule_files": ["rules.json"], "evaluation_interval": "1m", "tests": [case]}
    (folder / "test.json").write_text(json.dumps(document), encoding="utf-8")
    return promtool(folder, "test", "rules", "test.json")


def fired(folder: Path, series: Series, name: str, at: str) -> bool:
    """Whether the alert has come by then: Prometheus complains of an alert that nobody expected."""
    told = checked(folder, series, [{"eval_time": at, "alertname": name, "exp_alerts": []}])
    assert not told or f'alertname="{name}"' in told, told
    return bool(told)


def test_every_alert_has_an_occasion() -> None:
    assert {*BAD} == {alert.name for alert in ALERTS}


def test_prometheus_takes_the_rules(tmp_path: Path) -> None:
    (tmp_path / "rules.json").write_text(json.dumps({"groups": [*GROUPS]}), encoding="utf-8")
    assert promtool(tmp_path, "check", "rules", "rules.json") == ""


@pytest.mark.parametrize("name", BAD)
def test_an_alert_comes_when_it_should_and_not_at_once(tmp_path: Path, name: str) -> None:
    series, at = BAD[name]
    assert fired(tmp_path, {**UP, **series}, name, at)
    assert not fired(tmp_path, {**UP, **series}, name, "0m")


def test_a_database_that_is_not_there_at_all_is_down(tmp_path: Path) -> None:
    assert fired(tmp_path, {"up": f"1x{DAYS}"}, "DatabaseDown", "3m")


def test_all_is_quiet_when_all_is_well(tmp_path: Path) -> None:
    tests = [{"eval_time": "40h", "alertname": name, "exp_alerts": []} for name in BAD]
    assert checked(tmp_path, GOOD, tests) == ""


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert.name)
def test_whoever_is_called_has_something_to_read(alert: Any) -> None:
    assert (FOLDER.parents[1] / alert.runbook).is_file()
    assert alert.says


def test_alerts_on_our_own_metrics_name_what_there_is() -> None:
    own = {
        f"cnpg_{query}_{column}"
        for query, each in QUERIES.items()
        for metric in each["metrics"]
        for column in metric
    }
    asked = {word for alert in ALERTS for word in alert.when.replace("(", " ").replace("[", " ").split()}
    ours = {word for word in asked if word.startswith(("cnpg_pg_slots_", "cnpg_pg_checksums_"))}
    assert ours
    assert ours <= own
