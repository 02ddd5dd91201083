"""Pods land where machines, taints, labels and their own wishes let them; those that fit nowhere are told."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.cluster.landing import Landing, landings, machines
from tests.cluster.plane.control_plane import ControlPlane
from tests.cluster.plane.nodes import Node
from tests.cluster.samples import CONTAINER, LABELS, POD, template
from tests.cluster.stay import Stay

pytestmark = [pytest.mark.cluster, pytest.mark.xdist_group("cluster")]

CONTROL = {"key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"}
MACHINES = [
    Node(name="control", cpu="2", memory="4Gi", taints=[CONTROL]),
    Node(name="disk", cpu="4", memory="8Gi", labels={"disk": "ssd"}),
    Node(name="plain", cpu="4", memory="8Gi"),
]


@pytest.fixture(scope="module", autouse=True)
def _machines(cluster: ControlPlane) -> Iterator[None]:
    with machines(cluster, MACHINES), Stay(cluster.client) as stay:
        stay.namespace("ward")
        yield


def workload(kind: str, memory: str, **changes: Any) -> dict[str, Any]:
    """A workload of Pods that ask for some memory."""
    container = {**CONTAINER, "resources": {"requests": {"cpu": "100m", "memory": memory}}}
    pod = template(containers=[container], **changes)
    spec = {"selector": {"matchLabels": LABELS}, "template": pod}
    return {
        "apiVersion": "apps/v1",
        "kind": kind,
        "metadata": {"name": "app", "namespace": "ward"},
        "spec": spec,
    }


def replicas(count: int, memory: str, **changes: Any) -> dict[str, Any]:
    """A Deployment of some Pods."""
    made = workload("Deployment", memory, **changes)
    return {**made, "spec": {**made["spec"], "replicas": count}}


def where(found: list[Landing]) -> Counter[str]:
    return Counter(each.node for each in found)


def test_pods_go_where_there_is_room_and_no_taint(cluster: ControlPlane) -> None:
    assert where(landings(cluster.client, [replicas(4, "3Gi")])) == {"disk": 2, "plain": 2}


def test_a_pod_too_many_is_told_with_the_reason(cluster: ControlPlane) -> None:
    found = landings(cluster.client, [replicas(5, "3Gi")])
    (left,) = [each for each in found if not each.node]
    assert left.workload == "app"
    assert "2 Insufficient memory" in left.reason


def test_a_label_is_asked_for(cluster: ControlPlane) -> None:
    assert where(landings(cluster.client, [replicas(2, "1Gi", nodeSelector={"disk": "ssd"})])) == {"disk": 2}


def test_a_daemon_is_everywhere_that_it_tolerates(cluster: ControlPlane) -> None:
    daemon = workload("DaemonSet", "64Mi", tolerations=[{"key": CONTROL["key"], "operator": "Exists"}])
    assert where(landings(cluster.client, [daemon])) == {"control": 1, "disk": 1, "plain": 1}


def test_a_claim_is_bound_so_that_its_pod_lands(cluster: ControlPlane) -> None:
    claim = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
    store = workload("StatefulSet", "64Mi")
    templates = [{"metadata": {"name": "data"}, "spec": {**claim, "storageClassName": "replicated"}}]
    store["spec"] |= {"serviceName": "app", "replicas": 2, "volumeClaimTemplates": templates}
    found = landings(cluster.client, [store])
    assert [each.workload for each in found] == ["app", "app"]
    assert "" not in where(found)


def test_a_single_pod_lands(cluster: ControlPlane) -> None:
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "one", "namespace": "ward"}, "spec": POD}
    assert [each.workload for each in landings(cluster.client, [pod])] == ["one"]
