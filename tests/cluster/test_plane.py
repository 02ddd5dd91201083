"""The control plane is Kubernetes' own, strict, and gone with whoever started it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cluster.plane import definitions, stages
from tests.cluster.plane.client import Refused
from tests.cluster.plane.control_plane import ControlPlane, ControlPlaneArgs
from tests.cluster.plane.recipe import KUBERNETES
from tests.cluster.stay import Stay, wait

pytestmark = [pytest.mark.cluster, pytest.mark.xdist_group("cluster")]

CERTIFICATE = {"apiVersion": "cert-manager.io/v1", "kind": "Certificate"}
CONFIG = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "told", "namespace": "default"}}
SECRET = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "hidden", "namespace": "default"}}
POLICY = {"apiVersion": "audit.k8s.io/v1", "kind": "Policy", "rules": [{"level": "Metadata"}]}
ALONE = """
import sys
from tests.cluster.plane.control_plane import ControlPlane
with ControlPlane() as plane:
    print(plane.kubeconfig.parent, *plane.pids, flush=True)
    sys.stdin.read()
"""


def running(pid: int) -> bool:
    """Whether a process of ours has not ended."""
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_it_says_which_kubernetes_it_is(cluster: ControlPlane) -> None:
    told = cluster.client.call("GET", "/version").body
    major, minor = KUBERNETES.removeprefix("v").split(".")[:2]
    assert (told["gitVersion"], told["major"], told["minor"]) == (KUBERNETES, major, minor)


def test_a_key_that_is_not_there_is_refused(cluster: ControlPlane) -> None:
    for send in (cluster.client.create, cluster.client.apply):
        with pytest.raises(Refused, match="dta"):
            send({**CONFIG, "dta": {}}, dry=True)


def test_a_dry_run_keeps_nothing(cluster: ControlPlane) -> None:
    cluster.client.apply(CONFIG, dry=True)
    with pytest.raises(Refused, match="404 NotFound"):
        cluster.client.get(CONFIG, "told", "default")


def test_a_service_gets_an_address(cluster: ControlPlane) -> None:
    meta = {"name": "door", "namespace": "default"}
    door = {"apiVersion": "v1", "kind": "Service", "metadata": meta}
    with Stay(cluster.client) as stay:
        stay.keep({**door, "spec": {"type": "LoadBalancer", "ports": [{"port": 443}]}})
        wait(lambda: cluster.client.get(door, "door", "default")["status"]["loadBalancer"], "an address")


@pytest.mark.skipif(not definitions.SCHEMAS.is_dir(), reason="../shared is not beside this checkout")
def test_every_kind_whose_schema_is_at_hand_can_be_defined(cluster: ControlPlane) -> None:
    kinds = definitions.known()
    assert sum(len(each["spec"]["versions"]) for each in kinds) == len([*definitions.SCHEMAS.iterdir()])
    for each in kinds:
        cluster.client.apply(each, dry=True)


@pytest.mark.usefixtures("cluster")  # built, or skipped
def test_a_second_one_has_its_own_audit_log_and_is_gone_afterwards() -> None:
    played = [stages.ready("cert-manager.io/v1", "Certificate")]
    schema = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
    whole = {"properties": {"spec": schema, "status": schema}, "type": "object"}
    named = {"group": "cert-manager.io", "kind": "Certificate", "version": "v1", "scope": "Namespaced"}
    kinds = definitions.merged([{**named, "served": True, "schema": whole}])
    args = ControlPlaneArgs(audit_policy=POLICY, stages=played, definitions=kinds, context="other")
    with ControlPlane(args) as second:
        second.client.apply({**SECRET, "stringData": {"key": "in-clear-nowhere"}})
        meta = {"name": "tls", "namespace": "default"}
        second.client.apply({**CERTIFICATE, "metadata": meta, "spec": {"secretName": "tls"}})
        wait(lambda: _conditions(second), "a ready certificate")
        logged = second.audit.read_text(encoding="utf-8")
        folder, pids = second.kubeconfig.parent, second.pids
        assert json.loads(second.kubeconfig.read_text(encoding="utf-8"))["current-context"] == "other"
    assert '"name":"hidden"' in logged
    assert "in-clear-nowhere" not in logged
    assert len(pids) == 5
    assert not folder.exists()
    assert not any(map(running, pids))


@pytest.mark.usefixtures("cluster")
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends processes with their parent")
def test_it_dies_with_tests_that_are_killed(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", ALONE]
    with subprocess.Popen(
        command,
        cwd=Path(__file__).parents[2],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as tests:
        assert tests.stdout
        _, *numbers = tests.stdout.readline().split()
        pids = [*map(int, numbers)]
        assert len(pids) == 5
        tests.send_signal(signal.SIGKILL)
    try:
        wait(lambda: not any(map(running, pids)), "the end of what a killed test started", seconds=30)
    finally:
        for pid in filter(running, pids):
            os.kill(pid, signal.SIGKILL)


def _conditions(plane: ControlPlane) -> Any:
    return plane.client.get(CERTIFICATE, "tls", "default").get("status", {}).get("conditions")
