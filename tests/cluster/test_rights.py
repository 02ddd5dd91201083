"""Questions about rights are answered by RBAC as it is in the cluster."""

from collections.abc import Iterator

import pytest

from tests.cluster.plane.control_plane import ControlPlane
from tests.cluster.rights import Subject, may
from tests.cluster.stay import Stay

pytestmark = [pytest.mark.cluster, pytest.mark.xdist_group("cluster")]

RBAC = "rbac.authorization.k8s.io"
READER = Subject.account("ward", "reader")
RULE = {"apiGroups": [""], "resources": ["pods", "pods/log"], "verbs": ["get", "list"]}


@pytest.fixture(scope="module", autouse=True)
def _grant(cluster: ControlPlane) -> Iterator[None]:
    """An account that reads the Pods of its own namespace."""
    meta = {"name": "reader", "namespace": "ward"}
    account = {"kind": "ServiceAccount", "name": "reader", "namespace": "ward"}
    role = {"apiGroup": RBAC, "kind": "Role", "name": "reader"}
    with Stay(cluster.client) as stay:
        stay.namespace("ward")
        stay.keep({"apiVersion": f"{RBAC}/v1", "kind": "Role", "metadata": meta, "rules": [RULE]})
        binding = {"apiVersion": f"{RBAC}/v1", "kind": "RoleBinding", "metadata": meta}
        stay.keep({**binding, "roleRef": role, "subjects": [account]})
        yield


@pytest.mark.parametrize(
    ("verb", "resource", "namespace", "allowed"),
    [
        ("get", "pods", "ward", True),
        ("list", "pods/log", "ward", True),
        ("delete", "pods", "ward", False),
        ("get", "pods/exec", "ward", False),
        ("get", "secrets", "ward", False),
        ("get", "pods", "default", False),
        ("get", "pods", "", False),
        ("get", "deployments.apps", "ward", False),
    ],
)
def test_an_account_may_what_it_is_granted(
    cluster: ControlPlane, verb: str, resource: str, namespace: str, *, allowed: bool
) -> None:
    assert may(cluster.client, READER, verb, resource, namespace) is allowed


def test_another_account_may_nothing(cluster: ControlPlane) -> None:
    assert not may(cluster.client, Subject.account("ward", "default"), "get", "pods", "ward")


def test_the_scheduler_may_bind_pods(cluster: ControlPlane) -> None:
    """Kubernetes' own roles are there, too."""
    assert may(cluster.client, Subject(user="system:kube-scheduler"), "create", "pods/binding", "ward")
