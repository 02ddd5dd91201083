"""Vault's alerts, asked by the real promtool what they say of made-up hours."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from components.onprem.vault.alerts import ALERTS, GROUPS
from tests.debian import program

ROOT: Final = Path(__file__).parents[4]
SERVER: Final = 'job="vault", instance="vault-0"'
OTHERS: Final = [f'job="vault", instance="vault-{number}"' for number in (1, 2)]
CERTIFICATE: Final = "certmanager_certificate_expiration_timestamp_seconds"
DONE: Final = "kube_cronjob_status_last_successful_time"


def case(alert: str, series: Mapping[str, str], fires: str, quiet: str) -> Mapping[str, Any]:
    """At ``fires`` the alert is there once, at ``quiet`` not."""
    asked = f'count(ALERTS{{alertname="{alert}", alertstate="firing"}})'
    return {
        "interval": "1m",
        "input_series": [{"series": key, "values": values} for key, values in series.items()],
        "promql_expr_test": [
            {"expr": asked, "eval_time": quiet, "exp_samples": []},
            {"expr": asked, "eval_time": fires, "exp_samples": [{"labels": "{}", "value": 1}]},
        ],
    }


CASES: Final = {
    "VaultSealed": case("VaultSealed", {f"vault_core_unsealed{{{SERVER}}}": "1x10 0x10"}, "15m", "11m"),
    "VaultServerSilent": case("VaultServerSilent", {f"up{{{SERVER}}}": "1x10 0x10"}, "16m", "12m"),
    "VaultWithoutLeader": case(
        "VaultWithoutLeader",
        {f"vault_core_active{{{SERVER}}}": "1x10 0x10", f"vault_core_active{{{OTHERS[0]}}}": "0x20"},
        "14m",
        "10m",
    ),
    "VaultAuditFails": case(
        "VaultAuditFails", {f"vault_audit_log_response_failure{{{SERVER}}}": "0x10 1+1x5"}, "12m", "10m"
    ),
    "VaultRaftUnsafe": case(
        "VaultRaftUnsafe",
        {
            f"vault_autopilot_failure_tolerance{{{SERVER}}}": "1x10 0x20",
            **{f"up{{{each}}}": "1x30" for each in (SERVER, *OTHERS)},
        },
        "18m",
        "14m",
    ),
    "VaultCertificateEnds": case(
        "VaultCertificateEnds",
        {f'{CERTIFICATE}{{namespace="vault",name="vault-tls"}}': f"{22 * 86400}x3000"},
        "26h",
        "24h",
    ),
    "VaultSnapshotOld": case(
        "VaultSnapshotOld", {f'{DONE}{{namespace="vault",cronjob="vault-snapshots"}}': "0x900"}, "14h", "13h"
    ),
    "VaultNotConfigured": case(
        "VaultNotConfigured",
        {f'{DONE}{{namespace="vault",cronjob="vault-configuration"}}': "0x300"},
        "4h",
        "3h",
    ),
}


def test_every_alert_is_tried() -> None:
    assert {*CASES} == {each.name for each in ALERTS}


@pytest.mark.parametrize("name", CASES)
def test_an_alert_fires_when_it_should_and_not_before(name: str, tmp_path: Path) -> None:
    promtool = program("promtool", "prometheus")
    (tmp_path / "rules.yaml").write_text(json.dumps({"groups": [*GROUPS]}), encoding="utf-8")
    test = {"rule_files": ["rules.yaml"], "evaluation_interval": "1m", "tests": [CASES[name]]}
    (tmp_path / "test.yaml").write_text(json.dumps(test), encoding="utf-8")
    ran = subprocess.run(
        [promtool, "test", "rules", "test.yaml"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_single_server_is_not_blamed_for_having_no_spare(tmp_path: Path) -> None:
    series = {f"vault_autopilot_failure_tolerance{{{SERVER}}}": "0x30", f"up{{{SERVER}}}": "1x30"}
    asked = case("VaultRaftUnsafe", series, "20m", "20m")
    (quiet, _) = asked["promql_expr_test"]
    document = {"rule_files": ["rules.yaml"], "tests": [{**asked, "promql_expr_test": [quiet]}]}
    (tmp_path / "rules.yaml").write_text(json.dumps({"groups": [*GROUPS]}), encoding="utf-8")
    (tmp_path / "test.yaml").write_text(json.dumps(document), encoding="utf-8")
    command = [program("promtool", "prometheus"), "test", "rules", "test.yaml"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0


def test_each_alert_says_where_to_look() -> None:
    for each in ALERTS:
        assert (ROOT / each.runbook).is_file(), each.name
        assert len(each.says) > 30
