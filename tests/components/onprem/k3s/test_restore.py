"""The restore of the runbook, with a real etcd: what the snapshot knew is there again, and nothing else."""

import json
import os
import re
import socket
import subprocess
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from components.onprem.k3s import config
from tests.components.onprem.k3s import world
from tests.debian import program

ROOT: Final = Path(__file__).parents[4]
RUNBOOK: Final = (ROOT / "docs/runbooks/etcd-restore.md").read_text(encoding="utf-8")
KEYS: Final = {f"/registry/configmaps/ward/{number}": f"value {number}" for number in range(100)}


def step(name: str) -> str:
    """A command of the runbook, by the word after ``sh`` at its block."""
    (found,) = re.findall(rf"^```sh {name}\n(.*?)^```$", RUNBOOK, re.MULTILINE | re.DOTALL)
    return found


def shell(command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-eu", "-c", command],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def etcd(folder: Path) -> Generator[str]:
    """One member on the loopback, over the data in ``folder``."""
    client, peer = (f"http://127.0.0.1:{free()}" for _ in range(2))
    command = (
        program("etcd", "etcd-server"),
        f"--data-dir={folder}",
        f"--listen-client-urls={client}",
        f"--advertise-client-urls={client}",
        f"--listen-peer-urls={peer}",
        f"--initial-advertise-peer-urls={peer}",
        f"--initial-cluster=default={peer}",
        "--force-new-cluster",
        "--log-level=error",
    )
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            _wait(client)
            yield client
        finally:
            running.terminate()


def _wait(client: str) -> None:
    for _ in range(200):
        if ctl(client, "endpoint", "health").returncode == 0:
            return
        time.sleep(0.1)
    raise AssertionError(f"etcd at {client} did not start")


def ctl(client: str, *arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program("etcdctl", "etcd-client"), f"--endpoints={client}", *arguments],
        env={**os.environ, "ETCDCTL_API": "3"},
        input=said,
        capture_output=True,
        text=True,
        check=False,
    )


def everything(client: str) -> Mapping[str, str]:
    lines = ctl(client, "get", "/registry", "--prefix").stdout.splitlines()
    return dict(zip(lines[::2], lines[1::2], strict=True))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Taken of a hundred keys; then all of them were changed or lost."""
    folder = tmp_path_factory.mktemp("etcd")
    file = folder / "snapshot.db"
    with etcd(folder / "data") as client:
        puts = "\n".join(f'put "{key}" "{value}"' for key, value in KEYS.items())
        made = ctl(client, "txn", said=f"\n{puts}\n\n\n")
        assert made.stdout.startswith("SUCCESS"), made.stderr
        assert ctl(client, "snapshot", "save", str(file)).returncode == 0
        ctl(client, "del", "/registry", "--prefix")
        ctl(client, "put", "/registry/secrets/later", "not in the snapshot")
        assert everything(client) == {"/registry/secrets/later": "not in the snapshot"}
    return file


def test_the_runbook_restores_what_was_there_and_nothing_else(snapshot: Path, tmp_path: Path) -> None:
    restored = tmp_path / "restored"
    looked = shell(step("verify"), SNAPSHOT=str(snapshot))
    assert json.loads(looked.stdout)["totalKey"] >= 100
    done = shell(step("restore"), SNAPSHOT=str(snapshot), RESTORED=str(restored))
    assert done.returncode == 0, done.stderr
    with etcd(restored) as client:
        assert everything(client) == KEYS
        assert ctl(client, "put", "/registry/new", "1").returncode == 0


def test_half_a_snapshot_is_refused(snapshot: Path, tmp_path: Path) -> None:
    half = tmp_path / "half.db"
    half.write_bytes(snapshot.read_bytes()[: snapshot.stat().st_size // 2])
    assert shell(step("restore"), SNAPSHOT=str(half), RESTORED=str(tmp_path / "none")).returncode != 0


def test_a_spoilt_snapshot_is_refused(snapshot: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.db"
    content = bytearray(snapshot.read_bytes())
    at = content.find(b"value 7")
    content[at : at + 7] = b"value 8"
    spoilt.write_bytes(content)
    done = shell(step("restore"), SNAPSHOT=str(spoilt), RESTORED=str(tmp_path / "none"))
    assert done.returncode != 0
    assert "sha256" in done.stderr


def test_the_runbook_says_the_flags_that_the_configuration_needs() -> None:
    """With an upload configured, a file on the machine is only taken when that is put off."""
    plan = world.plan()
    assert config.server_config(plan, plan.first)["etcd-s3"] is True
    command = "k3s server --cluster-reset --etcd-s3=false --cluster-reset-restore-path="
    assert command in RUNBOOK
    known = (Path(__file__).parent / "flags_server.txt").read_text(encoding="utf-8").splitlines()
    assert {"cluster-reset", "etcd-s3", "cluster-reset-restore-path"} <= {*known}
