"""What the upgrade controller may do, as a real API server answers; its objects are taken by it, too."""

from collections.abc import Iterator
from typing import Final

import pytest

from components.onprem.k3s.upgrades import ACCOUNT, Upgrades
from tests.cluster.objects import sets
from tests.cluster.plane.control_plane import ControlPlane
from tests.cluster.rights import Subject, may
from tests.components.cloud.recorded import recorded
from tests.components.onprem.k3s.samples import SAMPLES

pytestmark = [pytest.mark.cluster, pytest.mark.xdist_group("k3s")]

HOME: Final = "system-upgrade"
WHO: Final = Subject.account(HOME, ACCOUNT)
LEVEL: Final = {"pod-security.kubernetes.io/enforce": "privileged"}


@pytest.fixture(scope="module", autouse=True)
def _upgrades(plane: ControlPlane) -> Iterator[None]:
    """Everything of the component, in the order in which it is asked for; plans when their kind is known."""
    home = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": HOME, "labels": LEVEL}}
    plane.client.create(home)
    (asked,) = sets(recorded(lambda: SAMPLES[Upgrades]("one", None)).graph)
    made = [each.manifest for each in asked.objects]
    for manifest in made:
        plane.client.apply(manifest)
    yield
    for manifest in reversed(made):
        plane.client.delete(manifest)
    plane.client.delete(home)


@pytest.mark.parametrize(
    ("verb", "resource", "namespace"),
    [
        ("update", "nodes", ""),
        ("create", "pods/eviction", "data"),
        ("create", "jobs.batch", HOME),
        ("update", "plans.upgrade.cattle.io/status", HOME),
        ("list", "secrets", HOME),
        ("create", "leases.coordination.k8s.io", HOME),
        ("list", "customresourcedefinitions.apiextensions.k8s.io", ""),
    ],
)
def test_it_may_do_what_an_upgrade_takes(
    plane: ControlPlane, verb: str, resource: str, namespace: str
) -> None:
    assert may(plane.client, WHO, verb, resource, namespace)


@pytest.mark.parametrize(
    ("verb", "resource", "namespace"),
    [
        ("get", "secrets", "kube-system"),
        ("list", "secrets", ""),
        ("create", "pods", "data"),
        ("create", "pods/exec", "data"),
        ("create", "jobs.batch", "data"),
        ("delete", "nodes", ""),
        ("update", "plans.upgrade.cattle.io", "data"),
        ("create", "customresourcedefinitions.apiextensions.k8s.io", ""),
        ("update", "customresourcedefinitions.apiextensions.k8s.io", ""),
        ("create", "clusterrolebindings.rbac.authorization.k8s.io", ""),
    ],
)
def test_it_may_do_nothing_else(plane: ControlPlane, verb: str, resource: str, namespace: str) -> None:
    assert not may(plane.client, WHO, verb, resource, namespace)
