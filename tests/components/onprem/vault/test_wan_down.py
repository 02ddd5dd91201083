"""A real Vault that starts while Cloud KMS is out of reach."""

import json
import socket
import subprocess
from pathlib import Path
from threading import Thread
from typing import Final

import pytest

from components.cloud.access.federation import external_account
from components.onprem.vault import server
from tests.components.onprem.vault.identity import identity
from tests.components.onprem.vault.running import configuration
from tests.components.onprem.vault.world import AUDIENCE, KEY
from tests.vault import vault

ROOT: Final = Path(__file__).parents[4]
PORT: Final = 28200


def started(folder: Path, credentials: str, proxy: str) -> "subprocess.CompletedProcess[str]":
    for name in ("tls", "data"):
        (folder / name).mkdir()
    identity(folder / "tls")
    (folder / "credentials.json").write_text(credentials)
    told = json.loads(configuration(folder, PORT, PORT + 3))
    told["seal"] = json.loads(server.config(1, KEY))["seal"]
    (folder / "storageconfig.hcl").write_text(json.dumps(told))
    environment = {
        "PATH": str(vault().parent),
        "HOME": str(folder),
        "GOOGLE_APPLICATION_CREDENTIALS": str(folder / "credentials.json"),
        "HTTPS_PROXY": proxy,
        "VAULT_RAFT_NODE_ID": "vault-0",
        "VAULT_API_ADDR": f"https://127.0.0.1:{PORT}",
        "VAULT_CLUSTER_ADDR": f"https://127.0.0.1:{PORT + 1}",
    }
    command = [str(vault()), "server", f"-config={folder / 'storageconfig.hcl'}"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=90, check=False)


def keyless(folder: Path) -> str:
    (folder / "token").write_text("a pod's token")
    return external_account(AUDIENCE, str(folder / "token"))


def test_it_ends_with_the_error_that_the_runbook_names_and_asked_google_itself(tmp_path: Path) -> None:
    asked: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as door:
        Thread(target=_hear, args=(door, asked), daemon=True).start()
        ended = started(tmp_path, keyless(tmp_path), f"http://127.0.0.1:{door.getsockname()[1]}")
    said = ended.stdout + ended.stderr
    assert ended.returncode != 0
    runbook = (ROOT / "docs" / "runbooks" / "vault-wan-down.md").read_text(encoding="utf-8")
    for words in ("error parsing Seal configuration", "error checking key existence"):
        assert words in runbook
        assert words in said
    assert "cloudkms.googleapis.com:443" in asked, "the credentials of the pod were good enough to ask with"


def test_credentials_of_another_kind_are_another_error(tmp_path: Path) -> None:
    ended = started(tmp_path, '{"type": "nothing"}', "http://127.0.0.1:9")
    assert ended.returncode != 0
    assert "failed to create KMS client" in ended.stdout + ended.stderr


@pytest.mark.parametrize(
    "line", ["do not restart Vault's pods", "A seal cannot be moved without the old one"]
)
def test_the_runbook_says_what_must_not_be_done(line: str) -> None:
    assert line in (ROOT / "docs" / "runbooks" / "vault-wan-down.md").read_text(encoding="utf-8")


def _hear(door: socket.socket, asked: list[str]) -> None:
    """A line that is down behind a proxy: it hears where somebody wants to go, and hangs up."""
    try:
        while True:
            caller, _ = door.accept()
            with caller:
                asked.append(caller.recv(1024).decode().split(" ")[1])
    except (OSError, IndexError):
        return
