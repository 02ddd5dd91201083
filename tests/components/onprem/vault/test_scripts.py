"""The scripts that run beside Vault, as texts."""

import re
import subprocess
from pathlib import Path
from typing import Final

import pytest

from components.onprem.vault import engines, scripts
from components.onprem.vault.services import SERVICES
from tests.debian import program

ROOT: Final = Path(__file__).parents[4]
SCRIPTS: Final = {
    "keeper": scripts.keeper(),
    "founding": scripts.founding(),
    "configuring": scripts.configuring(engines.settings(SERVICES)),
    "snapshotting": scripts.snapshotting("/snapshots", 28),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_shellcheck_finds_nothing(name: str, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.sh"
    file.write_text(f"#!/bin/sh\n{SCRIPTS[name]}", encoding="utf-8")
    ran = subprocess.run(
        [program("shellcheck", "shellcheck"), file],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_stops_at_the_first_error(name: str) -> None:
    assert SCRIPTS[name].startswith("set -eu\n")


def test_the_audit_log_begins_before_anything_else() -> None:
    changes = re.findall(
        r"^\s*(vault (?:audit enable|auth enable|write|policy write)[^\n]*)",
        SCRIPTS["founding"],
        re.MULTILINE,
    )
    kinds = [" ".join(each.split()[:3]) for each in changes]
    assert kinds[:2] == ["vault audit enable", "vault audit enable"]
    assert "vault auth enable" in kinds


def test_no_secret_is_an_argument_of_a_command() -> None:
    for text in SCRIPTS.values():
        assert "$VAULT_TOKEN" not in text.replace('"${VAULT_TOKEN:?', "")


def test_the_files_of_the_audit_log_fit_their_volume() -> None:
    assert (scripts.KEPT + 1) * scripts.FULL < 10 * 1024**3 * 0.5


def test_the_runbook_runs_what_lies_in_the_pod() -> None:
    text = (ROOT / "docs" / "runbooks" / "vault-ceremony.md").read_text(encoding="utf-8")
    assert f"sh {scripts.FOUNDING}/found.sh" in text
    assert f"{scripts.AUDIT_FILE}" in text
    assert f"--from=cronjob/{engines.ACCOUNT}" in text
    connection = f"database/config/{engines.DATABASE}"
    assert connection in text
    asked = {each.name for each in SERVICES if f"database/creds/{each.name}" in each.paths}
    assert f"allowed_roles={','.join(sorted(asked))}" in text
