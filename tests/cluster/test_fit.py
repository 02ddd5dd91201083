"""What prod asks of a hospital fits its four Macs, as Kubernetes' own scheduler has it; and three of them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest

from components.onprem.k3s.kubelet import kubelet
from components.onprem.k3s.nodes import APART, DUTY
from settings import CARE, Duty, Environment, Host, Role, Settings
from tests.cluster.landing import Landing, landings, machines
from tests.cluster.objects import plain
from tests.cluster.plane.control_plane import ControlPlane
from tests.cluster.plane.nodes import Node
from tests.cluster.samples import POD
from tests.cluster.stay import Stay
from tests.stacks.graphs import ROOT, graph_of
from toolkit.program import Program
from toolkit.values import UNKNOWN

pytestmark = [pytest.mark.cluster, pytest.mark.xdist_group("cluster")]

SPACE = "fit"
"""All are put into one namespace: the scheduler looks at no namespace, and these names are all different."""

LOST_MIB = 450
"""Of a machine's memory that Linux itself takes before it counts, for its page tables and its image."""

HOSTNAME = "kubernetes.io/hostname"

MIB = {"Mi": 1, "Gi": 1024}


@cache
def hosts() -> tuple[Host, ...]:
    """Prod's inventory."""
    written = json.loads(Program.read(ROOT, "prod").config["prontuario:settings"])
    (site,) = Settings.model_validate({**written, "environment": "prod"}).sites
    return site.hosts


def mib(quantity: str) -> int:
    return int(quantity[:-2]) * MIB[quantity[-2:]]


def millicores(quantity: str) -> int:
    return int(quantity[:-1]) if quantity.endswith("m") else 1000 * int(quantity)


def node(host: Host) -> Node:
    """A machine as its kubelet tells the scheduler: less what it keeps for itself."""
    inside = host.node
    assert inside is not None
    kept = kubelet(server=host.role is Role.SERVER)
    own = [kept["systemReserved"], kept["kubeReserved"]]
    memory = 1024 * inside.memory_gib - LOST_MIB - mib(kept["evictionHard"]["memory.available"])
    apart = host.duty in {Duty(each.value) for each in APART}
    return Node(
        name=host.name,
        cpu=f"{1000 * inside.cpus - sum(millicores(each['cpu']) for each in own)}m",
        memory=f"{memory - sum(mib(each['memory']) for each in own)}Mi",
        pods=kept["maxPods"],
        labels={
            **({DUTY: host.duty.value} if host.duty else {}),
            **({"node-role.kubernetes.io/control-plane": "true"} if host.role is Role.SERVER else {}),
        },
        taints=[{"key": DUTY, "value": str(host.duty), "effect": "NoSchedule"}] if apart else [],
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Modelled:
    """Pods that a chart or an operator makes, by what our values ask for them."""

    release: str
    """Whose values, without the site's name; or the CloudNativePG cluster, or ``k3s``."""
    asks: tuple[tuple[str, str], ...]
    """CPU and memory of each container: our own values say the same, and a test looks."""
    count: int | None = None
    """None: one on every machine that it tolerates."""
    apart: bool = False
    """Never two on one machine."""
    pinned: bool = False
    """Its volumes are on its machine's own disk, so it waits for that machine and goes nowhere else."""
    anywhere: bool = False
    """Whether it tolerates machines that are kept for one thing."""


INSTANCE_MANAGER_PERCENT = 12
"""Of a machine's CPUs that Longhorn asks for its instance manager (guaranteed-instance-manager-cpu)."""

MODELS: Mapping[str, Modelled] = {
    "coredns": Modelled(release="k3s", asks=(("100m", "70Mi"),), count=1),
    "metrics-server": Modelled(release="k3s", asks=(("100m", "70Mi"),), count=1),
    "cert-manager": Modelled(release="certificates", asks=(("20m", "128Mi"),), count=2),
    "cainjector": Modelled(release="certificates", asks=(("20m", "128Mi"),), count=2),
    "webhook": Modelled(release="certificates", asks=(("10m", "64Mi"),), count=2),
    "speaker": Modelled(release="metallb", asks=(("20m", "64Mi"),)),
    "lb-controller": Modelled(release="metallb", asks=(("10m", "64Mi"),), count=1),
    "longhorn-manager": Modelled(release="longhorn", asks=(("100m", "256Mi"),), anywhere=True),
    "instance-manager": Modelled(release="longhorn", asks=(("960m", "0"),), anywhere=True),
    "csi": Modelled(release="longhorn", asks=(("0", "0"),), count=12, anywhere=True),
    "cloudnative-pg": Modelled(
        release="database-operator-cloudnative-pg", asks=(("500m", "512Mi"),), count=2
    ),
    "barman-cloud": Modelled(
        release="database-operator-plugin-barman-cloud", asks=(("200m", "256Mi"),), count=1
    ),
    "postgres": Modelled(
        release="postgres-cluster-postgres",
        asks=(("2", "4Gi"), ("500m", "512Mi")),
        count=3,
        apart=True,
        pinned=True,
    ),
    "vault": Modelled(
        release="vault", asks=(("250m", "1Gi"), ("10m", "32Mi")), count=3, apart=True, pinned=True
    ),
}
"""The one table: everything on a hospital's cluster that is no object of ours."""


def manifests(modelled: Mapping[str, Modelled]) -> Iterator[dict[str, Any]]:
    for name, each in modelled.items():
        if each.count is None:
            yield _workload(name, each, "DaemonSet", {})
        elif not (each.apart and each.pinned):
            yield _workload(name, each, "Deployment", {"replicas": each.count})
        else:
            yield from (_pod(f"{name}-{number}", name, each) for number in range(each.count))


def _workload(name: str, each: Modelled, kind: str, more: Mapping[str, Any]) -> dict[str, Any]:
    pod = _pod(name, name, each)
    template = {"metadata": {"labels": pod["metadata"]["labels"]}, "spec": pod["spec"]}
    return {
        "apiVersion": "apps/v1",
        "kind": kind,
        "metadata": {"name": name, "namespace": SPACE},
        "spec": {**more, "selector": {"matchLabels": {"of": name}}, "template": template},
    }


def _pod(own: str, name: str, each: Modelled) -> dict[str, Any]:
    rule = {"labelSelector": {"matchLabels": {"of": name}}, "topologyKey": HOSTNAME}
    spec: dict[str, Any] = {**POD, "containers": [*_containers(each.asks)]}
    if each.apart:
        spec["affinity"] = {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [rule]}}
    if each.anywhere:
        spec["tolerations"] = [{"key": DUTY, "operator": "Exists"}]
    metadata = {"name": own, "namespace": SPACE, "labels": {"of": name}}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}


def _containers(asks: tuple[tuple[str, str], ...]) -> Iterator[dict[str, Any]]:
    for number, (cpu, memory) in enumerate(asks):
        requests = {"cpu": cpu, "memory": memory}
        yield {**POD["containers"][0], "name": f"c{number}", "resources": {"requests": requests}}


def ours() -> Iterator[dict[str, Any]]:
    """The Pods of workloads that are objects of ours; a job's as if it ran at this moment."""
    for each in graph_of("prod").resources.values():
        manifest = plain(each.inputs)
        if not each.type.startswith("kubernetes:") or manifest.get("kind") not in {"Deployment", "CronJob"}:
            continue
        spec = manifest["spec"]
        if manifest["kind"] == "CronJob":
            spec = spec["jobTemplate"]["spec"]
        pod = spec["template"]["spec"]
        asked = [{**POD["containers"][0], "resources": _named(one)} for one in pod["containers"]]
        placed = {key: pod[key] for key in ("nodeSelector", "tolerations") if key in pod}
        yield {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {"name": manifest["metadata"]["name"], "namespace": SPACE, "labels": {"of": "ours"}},
            "spec": {**POD, **placed, "containers": asked},
        }


def _named(container: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"requests": container["resources"]["requests"]}


@pytest.fixture(scope="module")
def landed(cluster: ControlPlane) -> list[Landing]:
    """Where everything goes when all machines are there."""
    return placed(cluster, [*map(node, hosts())], [*manifests(MODELS), *ours()])


def placed(cluster: ControlPlane, there: list[Node], asked: list[dict[str, Any]]) -> list[Landing]:
    with machines(cluster, there), Stay(cluster.client) as stay:
        stay.namespace(SPACE)
        return landings(cluster.client, asked)


def test_everything_finds_a_machine(landed: list[Landing]) -> None:
    assert [each for each in landed if not each.node] == []
    assert {each.workload for each in landed} >= {
        *("system-upgrade-controller", "vault-snapshots", "postgres-2", "vault-2", "instance-manager")
    }


@pytest.mark.parametrize("name", ["postgres", "vault"])
def test_no_two_servers_of_one_thing_share_a_machine(landed: list[Landing], name: str) -> None:
    numbered = [each for each in landed if each.workload in {f"{name}-{number}" for number in range(3)}]
    assert len({each.node for each in numbered}) == len(numbered) == 3


def test_nothing_is_beside_the_models_but_what_volumes_need(landed: list[Landing]) -> None:
    (apart,) = (host.name for host in hosts() if host.duty is Duty.AI_INFERENCE)
    allowed = {name for name, each in MODELS.items() if each.anywhere}
    assert {each.workload for each in landed if each.node == apart} <= allowed


@pytest.mark.parametrize("lost", range(4))
def test_with_any_one_machine_lost_the_others_hold_the_rest(
    cluster: ControlPlane, landed: list[Landing], lost: int
) -> None:
    """What lies on a machine's own disk waits for it; all else moves."""
    gone = hosts()[lost]
    where = {each.workload: each.node for each in landed}
    asked = []
    for each in [*manifests(MODELS), *ours()]:
        name = each["metadata"]["name"]
        if each["kind"] == "Pod" and MODELS.get(name.rpartition("-")[0]):
            if where[name] == gone.name:
                continue
            each["spec"]["nodeSelector"] = {HOSTNAME: where[name]}
        if gone.role is Role.SERVER and name == "system-upgrade-controller":
            continue  # it runs on servers, and with the only one there is no upgrade anyway
        asked.append(each)
    left = [node(host) for host in hosts() if host is not gone]
    found = placed(cluster, left, asked)
    assert [each for each in found if not each.node] == []


def test_what_is_modelled_asks_for_what_our_own_values_say() -> None:
    resources = graph_of("prod").resources.values()
    inputs = {each.name: plain(each.inputs) for each in resources if each.custom}
    values = {each.name: plain(each.inputs)["values"] for each in resources if each.type.endswith(":Release")}

    def asked(part: Mapping[str, Any]) -> tuple[str, str]:
        wanted = part["resources"]["requests"]
        return wanted["cpu"], wanted["memory"]

    certificates = values["sao-paulo-certificates"]
    metallb = values["sao-paulo-metallb"]
    server = values["sao-paulo-vault"]["server"]
    database = inputs["sao-paulo-postgres-cluster-postgres"]["spec"]
    archiver = inputs["sao-paulo-postgres-objectstore-postgres"]["spec"]["instanceSidecarConfiguration"]
    told = {
        "cert-manager": (asked(certificates),),
        "cainjector": (asked(certificates["cainjector"]),),
        "webhook": (asked(certificates["webhook"]),),
        "speaker": (asked(metallb["speaker"]),),
        "lb-controller": (asked(metallb["controller"]),),
        "longhorn-manager": (asked(values["sao-paulo-longhorn"]["longhornManager"]),),
        "cloudnative-pg": (asked(values["sao-paulo-database-operator-cloudnative-pg"]),),
        "barman-cloud": (asked(values["sao-paulo-database-operator-plugin-barman-cloud"]),),
        "postgres": (asked(database), asked(archiver)),
        "vault": (asked(server), asked(server["extraContainers"][0])),
    }
    assert told == {name: MODELS[name].asks for name in told}
    assert {MODELS[name].release for name in MODELS} - {"k3s"} <= {
        name.removeprefix("sao-paulo-") for name in inputs
    }
    most = max(host.node.cpus for host in hosts() if host.node)
    assert MODELS["instance-manager"].asks == ((f"{10 * INSTANCE_MANAGER_PERCENT * most}m", "0"),)
    assert MODELS["postgres"].count == MODELS["vault"].count == CARE[Environment.PROD].local_instances


def test_every_volume_fits_the_disks_with_a_machine_lost() -> None:
    """Each machine's own copies and, of those that are kept three times, one on each machine that is left."""
    inputs = {each.name: plain(each.inputs) for each in graph_of("prod").resources.values() if each.custom}
    database = inputs["sao-paulo-postgres-cluster-postgres"]["spec"]
    server = inputs["sao-paulo-vault"]["values"]["server"]
    sizes = [
        database["storage"]["size"],
        database["walStorage"]["size"],
        server["dataStorage"]["size"],
        server["auditStorage"]["size"],
        inputs["sao-paulo-vault-snapshots"]["spec"]["resources"]["requests"]["storage"],
    ]
    assert UNKNOWN not in sizes
    needed = sum(int(size.removesuffix("Gi")) for size in sizes)
    free = 0.9 * min(host.node_storage_gib for host in hosts())
    assert 2 * needed <= free  # as much again for snapshots, and for what clinical services bring


def test_the_scheduler_would_tell_if_it_did_not_fit(cluster: ControlPlane) -> None:
    """No machine has that much for a database."""
    large = replace(MODELS["postgres"], asks=(("2", "14Gi"),))
    found = placed(cluster, [*map(node, hosts())], [*manifests({"postgres": large})])
    assert [each.workload for each in found if not each.node]
