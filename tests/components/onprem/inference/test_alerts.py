"""The alerts, by Prometheus' own program, over numbers as Mac and proxy tell them."""

import json
import subprocess
from pathlib import Path
from typing import Any

from accelerator import ready
from components.onprem.inference.alerts import GROUPS, RUNBOOK
from tests.debian import program

ROOT = Path(__file__).parents[4]
DAY = 86400


def series(name: str, values: str) -> dict[str, str]:
    return {"series": name, "values": values}


FINE = [
    series('up{job="inference",instance="mac"}', "1x60"),
    series('inference_metal{model="medgemma",instance="mac"}', "1x120"),
    series('inference_model_ready{model="medgemma",instance="mac"}', "1x120"),
    series('inference_memory_bytes{model="medgemma",instance="mac"}', "50x120"),
    series('inference_memory_limit_bytes{model="medgemma",instance="mac"}', "100x120"),
    series('inference_certificate_expiry_timestamp_seconds{instance="mac"}', f"{60 * DAY}x120"),
    series('caddy_http_requests_in_flight{handler="subroute",server="front",instance="mac"}', "3x120"),
    series('caddy_http_requests_in_flight{handler="rewrite",server="front",instance="mac"}', "90x120"),
]
"""Sixty minutes of a good day."""

CASES = {
    "InferenceUnreachable": ("up{", "0x120", True),
    "InferenceWithoutMetal": ("inference_metal", "0x120", True),
    "InferenceNotReady": ("inference_model_ready", "0x120", True),
    "InferenceCertificateEnds": ("inference_certificate", f"{20 * DAY}x120", True),
    "InferenceMemoryNearlyFull": ("inference_memory_bytes", "95x120", True),
    "InferenceQueueLong": ('caddy_http_requests_in_flight{handler="subroute"', "13x120", True),
}


def case(alert: str) -> dict[str, Any]:
    """One number is bad: exactly this alert fires, and no other."""
    begins, values, _ = CASES[alert]
    given = [
        {**each, "values": values} if each["series"].startswith(begins) else {**each, "values": _long(each)}
        for each in FINE
    ]
    if alert == "InferenceWithoutMetal":  # then the model does not answer either: one alert is enough
        given = [{**each, "values": "0x120"} if "model_ready" in each["series"] else each for each in given]
    firing = [
        {"eval_time": "90m", "alertname": name, "exp_alerts": _expected(name) if name == alert else []}
        for name in CASES
    ]
    return {"interval": "1m", "name": alert, "input_series": given, "alert_rule_test": firing}


def _long(each: dict[str, str]) -> str:
    return each["values"].replace("x60", "x120")


def _expected(alert: str) -> list[dict[str, Any]]:
    (rule,) = (rule for rule in GROUPS[0]["rules"] if rule["alert"] == alert)
    labels: dict[str, str] = {**rule["labels"], "instance": "mac"}
    if "$labels.model" in rule["annotations"]["summary"]:
        labels["model"] = "medgemma"
    if alert == "InferenceUnreachable":
        labels["job"] = "inference"
    summary = rule["annotations"]["summary"].replace("{{ $labels.model }}", "medgemma")
    return [{"exp_labels": labels, "exp_annotations": {"summary": summary, "runbook": RUNBOOK}}]


def test_each_fault_is_told_by_its_alert_alone_and_a_good_day_by_none(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(json.dumps({"groups": GROUPS}))
    good = {
        "interval": "1m",
        "name": "good",
        "input_series": [{**each, "values": _long(each)} for each in FINE],
        "alert_rule_test": [{"eval_time": "90m", "alertname": name, "exp_alerts": []} for name in CASES],
    }
    tests = {"rule_files": ["rules.yaml"], "tests": [good, *map(case, CASES)]}
    (tmp_path / "tests.yaml").write_text(json.dumps(tests))
    promtool = program("promtool", "prometheus")
    ran = subprocess.run(
        [promtool, "test", "rules", "tests.yaml"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_macs_numbers_are_called_as_the_alerts_call_them() -> None:
    seen = {"medgemma": {"metal": True, "ready": True, "used": 1, "limit": 2}}
    told = ready.metrics(seen, 1.0)
    asked = {each["series"].partition("{")[0] for each in FINE if each["series"].startswith("inference_")}
    assert asked <= {line.partition("{")[0].partition(" ")[0] for line in told.splitlines()}


def test_every_alert_is_tested_and_leads_to_a_runbook_that_exists() -> None:
    assert {rule["alert"] for rule in GROUPS[0]["rules"]} == {*CASES}
    assert (ROOT / RUNBOOK).is_file()
