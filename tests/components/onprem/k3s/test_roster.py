"""Asking a cluster about its nodes, and taking one out of it: our scripts and a real control plane."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import pytest

from components.onprem.k3s import departure, install, kubeconfig, roster, skew
from components.onprem.k3s.nodes import Duty
from components.onprem.k3s.plan import ClusterPlan
from components.onprem.k3s.version import VERSION
from tests.cluster.plane.client import Client
from tests.cluster.plane.control_plane import ControlPlane
from tests.components.onprem.k3s import world
from tests.components.onprem.k3s.stage import Stage

pytestmark = [pytest.mark.cluster, pytest.mark.xdist_group("k3s")]

CORE: Final = {"apiVersion": "v1"}
PLAN: Final = world.plan(workers=[world.node("ai", 21, duty=Duty.AI_INFERENCE)])
CONTROL_PLANE: Final = {"node-role.kubernetes.io/control-plane": "true"}
TAINT: Final = {"key": "prontuario.health/duty", "value": "ai-inference", "effect": "NoSchedule"}
KIND: Final = {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {"name": "plans.upgrade.cattle.io"},
    "spec": {
        "group": "upgrade.cattle.io",
        "scope": "Namespaced",
        "names": {"kind": "Plan", "plural": "plans"},
        "versions": [
            {
                "name": "v1",
                "served": True,
                "storage": True,
                "schema": {"openAPIV3Schema": {"type": "object"}},
            }
        ],
    },
}


class Nodes:
    """Nodes that join and leave as a test says."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.names: set[str] = set()

    def join(self, name: str, version: str = VERSION, **more: Any) -> None:
        """A node that is ready, or not, and runs that version."""
        metadata = {"name": name, "labels": more.get("labels", {})}
        self._client.create({**CORE, "kind": "Node", "metadata": metadata, "spec": {}})
        ready = {"type": "Ready", "status": more.get("ready", "True"), "reason": "T", "message": "t"}
        self._client.status(
            {
                **CORE,
                "kind": "Node",
                "metadata": {"name": name},
                "status": {"conditions": [ready], "nodeInfo": _info(version)},
            }
        )
        self.names.add(name)

    def get(self, name: str) -> Mapping[str, Any]:
        """As the control plane knows it."""
        return self._client.get({**CORE, "kind": "Node"}, name)

    def all(self) -> set[str]:
        """The names of those that are there."""
        return {each["metadata"]["name"] for each in self._client.items({**CORE, "kind": "Node"})}

    def leave(self) -> None:
        """All that joined."""
        for name in self.names:
            self._client.delete({**CORE, "kind": "Node", "metadata": {"name": name}})


def ours(node: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """Its taints but for those by which Kubernetes says that a node has just come."""
    taints = node["spec"].get("taints", [])
    return [taint for taint in taints if not taint["key"].startswith("node.kubernetes.io/")]


def _info(version: str) -> Mapping[str, str]:
    keys = ("machineID", "systemUUID", "bootID", "kernelVersion", "osImage", "containerRuntimeVersion")
    return {
        **dict.fromkeys((*keys, "kubeProxyVersion"), ""),
        "kubeletVersion": version,
        "operatingSystem": "linux",
        "architecture": "arm64",
    }


@pytest.fixture
def nodes(plane: ControlPlane) -> Iterator[Nodes]:
    made = Nodes(plane.client)
    yield made
    made.leave()


@pytest.fixture
def _plans(plane: ControlPlane) -> Iterator[None]:
    plane.client.create(KIND)
    yield
    plane.client.delete(KIND)


def ask(server: Stage, plan: ClusterPlan = PLAN) -> tuple[int, list[str], str]:
    """The roster; a node that is not ready is waited for a moment, not ten minutes."""
    ran = server.run(roster.script(plan, VERSION).replace("--timeout=10m", "--timeout=2s"))
    return ran.code, ran.out.splitlines(), ran.err


def test_labels_and_taints_are_made_true_and_the_second_time_nothing_changes(
    server: Stage, nodes: Nodes
) -> None:
    nodes.join("server-1", labels={"prontuario.health/duty": "api-backend"})
    nodes.join("ai")
    said = [f"server-1 is ready and runs {VERSION}", f"ai is ready and runs {VERSION}"]
    code, out, err = ask(server)
    assert (code, err) == (0, "")
    assert out == [said[0], "ai now has the taint: prontuario.health/duty=ai-inference:NoSchedule", said[1]]
    assert ours(nodes.get("ai")) == [TAINT]
    assert nodes.get("ai")["metadata"]["labels"] == dict(PLAN.workers[0].labels)
    assert nodes.get("server-1")["metadata"]["labels"] == {"node.longhorn.io/create-default-disk": "true"}
    assert ask(server) == (0, said, "")


def test_a_node_that_changes_its_duty_loses_its_taint(server: Stage, nodes: Nodes) -> None:
    nodes.join("server-1")
    nodes.join("ai")
    ask(server)
    changed = replace(PLAN, workers=[replace(PLAN.workers[0], duty=Duty.API_BACKEND)])
    code, out, _ = ask(server, changed)
    assert code == 0
    assert "ai now has the taint: none" in out
    assert ours(nodes.get("ai")) == []
    assert nodes.get("ai")["metadata"]["labels"]["prontuario.health/duty"] == "api-backend"


def test_a_node_that_is_not_ready_is_named(server: Stage, nodes: Nodes) -> None:
    nodes.join("server-1")
    nodes.join("ai", ready="False")
    code, _, err = ask(server)
    assert code == 1
    assert "ai is not ready: see journalctl on it, and: kubectl describe node ai" in err


def test_a_node_that_never_came_is_named(server: Stage, nodes: Nodes) -> None:
    nodes.join("server-1")
    code, _, err = ask(server)
    assert code == 1
    assert "ai is not ready" in err


@pytest.mark.parametrize("other", ["v1.36.2+k3s1", "v1.36.3+k3s2", "v1.36.3"])
def test_a_node_with_another_version_is_named_with_what_to_do(
    server: Stage, nodes: Nodes, other: str
) -> None:
    nodes.join("server-1")
    nodes.join("ai", other)
    code, _, err = ask(server)
    assert code == 1
    assert f"ai runs {other} and not {VERSION}" in err
    assert "docs/runbooks/node-replace.md" in err


@pytest.mark.usefixtures("_plans")
def test_an_older_version_is_right_while_plans_are_there_and_a_newer_one_never(
    server: Stage, nodes: Nodes
) -> None:
    nodes.join("server-1", "v1.36.2+k3s1")
    nodes.join("ai", "v1.36.4+k3s1")
    code, out, err = ask(server)
    assert out[:1] == [f"server-1 is ready and runs v1.36.2+k3s1: the upgrade plans bring {VERSION}"]
    assert code == 1
    assert f"ai runs v1.36.4+k3s1 and not {VERSION}" in err


def test_a_node_that_the_stack_does_not_know_is_told_of_and_left_alone(server: Stage, nodes: Nodes) -> None:
    for name in ("server-1", "ai", "gone"):
        nodes.join(name)
    code, out, _ = ask(server)
    assert code == 0
    assert out[-1] == "gone is in the cluster and not in the stack: see docs/runbooks/node-replace.md"
    assert "gone" in nodes.all()


def test_an_upgrade_is_done_when_every_kubelet_says_so(server: Stage, nodes: Nodes) -> None:
    nodes.join("server-1")
    nodes.join("ai")
    ran = server.run(skew.script(["server-1", "ai"], VERSION))
    assert (ran.code, ran.out) == (0, f"every node runs {VERSION}\n")


def test_an_upgrade_that_did_nothing_names_the_nodes(server: Stage, nodes: Nodes) -> None:
    nodes.join("server-1")
    nodes.join("ai", "v1.36.2+k3s1")
    hurried = skew.script(["server-1", "ai", "lost"], VERSION).replace(f"left={3 * skew.HOUR}", "left=2")
    ran = server.run(hurried)
    assert ran.code == 1
    assert f"not at {VERSION}: ai (v1.36.2+k3s1) lost (nothing) - see why with: " in ran.err
    assert server.calls() == ["sleep 20"]


def test_a_node_that_leaves_is_emptied_and_taken_out(server: Stage, nodes: Nodes) -> None:
    nodes.join("server-1", labels=CONTROL_PLANE)
    nodes.join("ai")
    ran = server.run(departure.drain("ai"))
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "ai has left the cluster")
    assert nodes.all() == {"server-1"}
    again = server.run(departure.drain("ai"))
    assert (again.code, again.out) == (0, "ai is not in the cluster any more\n")


def test_the_last_server_never_leaves(server: Stage, nodes: Nodes) -> None:
    nodes.join("server-1", labels=CONTROL_PLANE)
    nodes.join("ai")
    ran = server.run(departure.drain("server-1"))
    assert ran.code == 1
    assert ran.err == "server-1 is the last server: without it there is no cluster, and no data\n"
    assert nodes.all() == {"server-1", "ai"}
    assert "unschedulable" not in nodes.get("server-1")["spec"]


def test_one_of_three_servers_may_leave(server: Stage, nodes: Nodes) -> None:
    for number in (1, 2, 3):
        nodes.join(f"server-{number}", labels=CONTROL_PLANE)
    assert server.run(departure.drain("server-2")).code == 0
    assert nodes.all() == {"server-1", "server-3"}


def test_the_keys_are_those_that_sign_tokens(server: Stage) -> None:
    ran = server.run(kubeconfig.keys())
    assert (ran.code, ran.err) == (0, "")
    told = json.loads(ran.out)
    assert [(key["use"], key["kty"]) for key in told["keys"]] == [("sig", "EC")]
    assert "d" not in told["keys"][0], "nothing private"


def test_the_kubeconfig_has_the_servers_address(server: Stage) -> None:
    file = server.root / kubeconfig.ADMIN.removeprefix("/")
    file.parent.mkdir(parents=True)
    file.write_text("clusters:\n- cluster:\n    server: https://127.0.0.1:6443\n", encoding="utf-8")
    ran = server.run(kubeconfig.kubeconfig(PLAN, 1))
    assert ran.out.splitlines()[-1].strip() == "server: https://10.20.0.11:6443"


def test_a_node_may_ask_about_itself_in_the_words_of_the_installation(server: Stage, nodes: Nodes) -> None:
    """The path in the waiting loop means to kubectl what we mean by it."""
    nodes.join("server-1")
    asked = install._ready("server-1", "k3s").replace(f"--kubeconfig {install.KUBELET} ", "")  # noqa: SLF001 -- the loop alone
    ran = server.run(f'set -eu\nsay() {{ echo "$*"; }}\nfail() {{ exit 1; }}\n{asked}')
    assert (ran.code, ran.out) == (0, "server-1 is ready\n")
