"""What stands for an unknown value is something that the API server takes in its place."""

from typing import Any

import pytest

from tests.cluster import samples
from tests.cluster.placeholders import Placeholders
from tests.cluster.plane.client import Refused
from tests.cluster.plane.control_plane import ControlPlane
from tests.cluster.plane.definitions import SCHEMAS, bring
from toolkit.values import UNKNOWN

pytestmark = [pytest.mark.cluster, pytest.mark.xdist_group("cluster")]

ARGUMENTS = {"port": UNKNOWN, "path": "/"}
CONTAINER = {
    **samples.CONTAINER,
    "env": [{"name": "A", "value": UNKNOWN}],
    "ports": [{"containerPort": UNKNOWN}],
    "readinessProbe": {"httpGet": ARGUMENTS, "periodSeconds": UNKNOWN},
    "resources": {"requests": {"cpu": UNKNOWN}, "limits": {"memory": UNKNOWN}},
    "tty": UNKNOWN,
}


def here(name: str) -> dict[str, Any]:
    return {"name": name, "namespace": "default"}


def job() -> dict[str, Any]:
    """A job of longhorn's, with nothing known of it."""
    spec = dict.fromkeys(("task", "cron", "retain", "concurrency", "labels", "groups"), UNKNOWN)
    kind = {"apiVersion": "longhorn.io/v1beta2", "kind": "RecurringJob"}
    return {**kind, "metadata": here("job"), "spec": spec}


WORKLOAD = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": here("app"),
    "spec": samples.spec(replicas=UNKNOWN, template=samples.template(containers=[CONTAINER])),
}
SERVICE = {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": here("door"),
    "spec": {"clusterIP": UNKNOWN, "ports": [{"port": UNKNOWN, "targetPort": UNKNOWN}], "externalIPs": []},
}
SLICE = {
    "apiVersion": "discovery.k8s.io/v1",
    "kind": "EndpointSlice",
    "metadata": here("cloud"),
    "addressType": "IPv4",
    "endpoints": [{"addresses": UNKNOWN}, {"addresses": [UNKNOWN]}],
    "ports": [{"port": UNKNOWN}],
}
BOUNDARY = {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": here("closed"),
    "spec": {"podSelector": {}, "egress": [{"to": [{"ipBlock": {"cidr": UNKNOWN}}]}]},
}


@pytest.mark.parametrize("manifest", [WORKLOAD, SERVICE, SLICE, BOUNDARY], ids=lambda each: each["kind"])
def test_an_object_with_placeholders_is_taken(cluster: ControlPlane, manifest: dict[str, Any]) -> None:
    cluster.client.apply(Placeholders(cluster.client).filled(manifest), dry=True)


@pytest.mark.skipif(not SCHEMAS.is_dir(), reason="../shared is not beside this checkout")
def test_a_custom_object_of_placeholders_is_taken(cluster: ControlPlane) -> None:
    bring(cluster.client, [job()])
    filled = Placeholders(cluster.client).filled(job())
    assert filled["spec"]["task"] in {"snapshot", "backup"}
    cluster.client.apply(filled, dry=True)


def test_a_placeholder_hides_nothing_else(cluster: ControlPlane) -> None:
    spoilt = {**SERVICE, "spec": {"ports": [{"port": 0, "targetPort": UNKNOWN}]}}
    filled = Placeholders(cluster.client).filled(spoilt)
    with pytest.raises(Refused, match="must be between 1 and 65535"):
        cluster.client.apply(filled, dry=True)
