"""One real server with the program's own configuration, founded and configured by the program's own scripts.

Only what this machine has not is another: places of files, ports, and Kubernetes, whose reviews of tokens a
stand-in gives. The server does not register itself with Kubernetes, and opens by shares, without a seal.
"""

import json
import os
import socket
import subprocess
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from components.onprem.vault import engines, scripts, server
from components.onprem.vault.services import SERVICES
from tests.components.onprem.vault.identity import identity
from tests.components.onprem.vault.reviews import kubernetes, token
from tests.vault import vault

SECONDS: Final = 60
SHARES: Final = 5
ENOUGH: Final = 3


@dataclass(kw_only=True, slots=True)
class Running:
    """A server that answers."""

    folder: Path
    port: int
    metrics: int
    root: str = ""
    shares: list[str] = field(default_factory=list)
    process: "subprocess.Popen[bytes] | None" = None
    kubernetes: str = ""

    @property
    def audit(self) -> Path:
        """The file of its audit log."""
        return self.folder / "audit.log"

    def environment(self, token: str = "") -> Mapping[str, str]:
        """Of a command in the pod."""
        return {
            "PATH": f"{self.folder / 'bin'}:{vault().parent}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "VAULT_ADDR": f"https://127.0.0.1:{self.port}",
            "VAULT_CACERT": str(self.folder / "tls" / "ca.crt"),
            "VAULT_TOKEN": token,
            "VAULT_RAFT_NODE_ID": "vault-0",
            "VAULT_API_ADDR": f"https://127.0.0.1:{self.port}",
            "VAULT_CLUSTER_ADDR": f"https://127.0.0.1:{self.port + 1}",
        }

    def run(self, *words: str, token: str = "", form: str = "table") -> "subprocess.CompletedProcess[str]":
        """``vault`` and words."""
        return subprocess.run(
            [str(vault()), *words],
            env={**self.environment(token), "VAULT_FORMAT": form},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    def told(self, *words: str, token: str = "") -> Any:
        """What a command that must succeed answers, as JSON."""
        ran = self.run(*words, token=token, form="json")
        assert ran.returncode == 0, f"{' '.join(words)}: {ran.stderr}"
        return json.loads(ran.stdout) if ran.stdout.strip() else None

    def script(self, text: str, token: str = "") -> str:
        """What one of the program's scripts says; it must succeed."""
        ran = subprocess.run(
            ["sh"],
            input=text,
            env=self.environment(token),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def founding(self) -> str:
        """The ceremony's script. In a pod Vault finds the cluster's certificate and its own token itself."""
        cluster = (
            f"kubernetes_host={self.kubernetes} disable_local_ca_jwt=true "
            f"token_reviewer_jwt={token('vault', 'vault')}"
        )
        return scripts.founding(str(self.audit), str(self.folder / "founding"), cluster)

    def login(self, name: str) -> str:
        """A service's token, as its pod gets it."""
        (service,) = (each for each in SERVICES if each.name == name)
        shown = token(service.namespace, service.account)
        ran = self.run("write", "-field=token", "auth/kubernetes/login", f"role={name}", f"jwt={shown}")
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def start(self) -> None:
        """Start it; it comes up sealed."""
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(
            [str(vault()), "server", f"-config={self.folder / 'storageconfig.hcl'}"],
            env=self.environment(),
            stdout=log,
            stderr=log,
        )
        for _ in range(SECONDS * 5):
            if self.run("status").returncode in {0, 2}:
                return
            assert self.process.poll() is None, (self.folder / "server.log").read_text()
            time.sleep(0.2)
        message = "Vault did not start"
        raise AssertionError(message)

    def open(self) -> None:
        """Open it with as many shares as are enough, and see it lead."""
        for share in self.shares[:ENOUGH]:
            assert self.run("operator", "unseal", share).returncode == 0
        for _ in range(SECONDS * 5):
            if '"is_self": true' in self.run("read", "sys/leader", token=self.root, form="json").stdout:
                return
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop it, and wait."""
        if self.process:
            self.process.terminate()
            self.process.wait(SECONDS)
            self.process = None


@contextmanager
def running(folder: Path) -> Generator[Running]:
    """A server that is founded and configured, and keeps its root token for the tests."""
    port, metrics = _ports()
    server_ = Running(folder=folder, port=port, metrics=metrics)
    for name in ("data", "tls", "bin", "settings", "founding"):
        (folder / name).mkdir()
    identity(folder / "tls")
    (folder / "storageconfig.hcl").write_text(configuration(folder, port, metrics), encoding="utf-8")
    with kubernetes() as address:
        server_.kubernetes = address
        server_.start()
        try:
            _found(server_)
            yield server_
        finally:
            server_.stop()


def configuration(folder: Path, port: int, metrics: int) -> str:
    """The program's, moved to this machine. On one line, as the chart's own template leaves it."""
    told = json.loads(server.config(1, None))
    del told["service_registration"]
    text = json.dumps(told)
    moved = {
        server.TLS: str(folder / "tls"),
        server.DATA: str(folder / "data"),
        f"0.0.0.0:{server.PORT}": f"127.0.0.1:{port}",
        f"0.0.0.0:{server.CLUSTER_PORT}": f"127.0.0.1:{port + 1}",
        f"0.0.0.0:{server.METRICS_PORT}": f"127.0.0.1:{metrics}",
        f"0.0.0.0:{server.METRICS_PORT + 1}": f"127.0.0.1:{metrics + 1}",
        f"vault-0.vault-internal:{server.PORT}": f"127.0.0.1:{port}",
    }
    for here, there in moved.items():
        assert here in text
        text = text.replace(here, there)
    return text


def _found(made: Running) -> None:
    begun = made.told("operator", "init", f"-key-shares={SHARES}", f"-key-threshold={ENOUGH}")
    made.root, made.shares = begun["root_token"], begun["unseal_keys_b64"]
    made.open()
    founding = made.folder / "founding"
    (founding / "policy.json").write_text(engines.own_policy(SERVICES), encoding="utf-8")
    (founding / "role.json").write_text(json.dumps(engines.own_role("vault")), encoding="utf-8")
    made.script(made.founding(), made.root)
    for each in engines.settings(SERVICES):
        (made.folder / "settings" / each.file).write_text(each.text(), encoding="utf-8")
    (made.folder / "token").write_text(token("vault", engines.ACCOUNT), encoding="utf-8")


def _ports() -> tuple[int, int]:
    """Two, each with a free one behind it as far as anybody can tell."""
    taken = []
    for _ in range(2):
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            taken.append(one.getsockname()[1])
    return taken[0], taken[1]
