"""A real control plane that is told what our servers tell theirs."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from components.onprem.k3s import config, hardening
from tests.cluster.plane import cache, commands
from tests.cluster.plane.control_plane import ControlPlane, ControlPlaneArgs
from tests.components.onprem.k3s import world
from tests.components.onprem.k3s.stage import Stage
from tests.debian import unavailable

OTHERS: Final = ("admission-control-config-file", "audit-policy-file", "audit-log-path")
"""Files of a server; the same documents lie elsewhere in a test."""

WRAPPED: Final = """\
#!/bin/sh
[ "$1" = kubectl ] && shift
KUBECONFIG={kubeconfig} PATH=/usr/local/bin:/usr/bin:/bin exec kubectl "$@"
"""


def arguments() -> Sequence[str]:
    """What a server hands to its kube-apiserver."""
    plan = world.plan()
    told = config.server_config(plan, plan.first)["kube-apiserver-arg"]
    return [f"--{each}" for each in told if each.partition("=")[0] not in OTHERS]


@pytest.fixture(scope="package")
def plane() -> Iterator[ControlPlane]:
    """Kubernetes with our admission and audit files, and our arguments."""
    if not cache.built():
        unavailable("no control plane is built: `make cluster` does it")
    plain: Callable[[commands.Places], Sequence[str]] = commands.apiserver

    def ours(places: commands.Places) -> Sequence[str]:
        issuer = "--service-account-issuer=https://kubernetes.default.svc.cluster.local"
        kept = [each for each in plain(places) if not each.startswith("--service-account-issuer=")]
        return (*kept, issuer, *arguments())

    args = ControlPlaneArgs(nodes=(), admission=hardening.admission(), audit_policy=hardening.audit())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands, "apiserver", ours)
        patch.setattr(commands, "kwok", lambda _: ("sleep", "86400"))  # nodes say what the tests say
        patch.setattr(ControlPlane, "_nodes_ready", lambda _: True)
        with ControlPlane(args) as running:
            yield running


@pytest.fixture
def server(plane: ControlPlane, tmp_path: Path) -> Stage:
    """A server's shell, whose ``k3s kubectl`` asks that control plane."""
    stage = Stage(tmp_path)
    stage.program("usr/local/bin/k3s", WRAPPED.format(kubeconfig=plane.kubeconfig).encode())
    return stage


def events(plane: ControlPlane) -> list[dict[str, Any]]:
    """The audit log."""
    return [json.loads(line) for line in plane.audit.read_text(encoding="utf-8").splitlines()]
