"""Objects of the kinds that the platform uses are taken, and spoilt ones are refused: the proof can fail."""

from collections.abc import Callable, Iterator
from typing import Any

import pulumi_kubernetes as k8s
import pytest
from pulumi_kubernetes.apiextensions import CustomResource

from tests.cluster import samples
from tests.cluster.plane.control_plane import ControlPlane
from tests.cluster.plane.definitions import SCHEMAS
from tests.cluster.programs import recorded
from tests.cluster.proof import lacking, refusals
from tests.cluster.stay import NAMESPACE, Stay

pytestmark = [pytest.mark.cluster, pytest.mark.xdist_group("cluster")]


@pytest.fixture(scope="module", autouse=True)
def _space(cluster: ControlPlane) -> Iterator[None]:
    """The samples' namespace, which each proof finds and leaves: Kubernetes takes five seconds to end one."""
    with Stay(cluster.client) as stay:
        stay.namespace(samples.SPACE, samples.RESTRICTED)
        yield


schemas = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="../shared is not beside this checkout")


def refused(cluster: ControlPlane, program: Callable[[], object]) -> list[str]:
    """What the API server says of a program's objects, which are all of one provider."""
    (wanted,) = recorded(program)
    return refusals(cluster.client, wanted)


def test_objects_of_kubernetes_own_kinds_are_taken(cluster: ControlPlane) -> None:
    assert refused(cluster, samples.kubernetes_own) == []


@schemas
def test_objects_of_the_operators_kinds_are_taken(cluster: ControlPlane) -> None:
    assert refused(cluster, samples.operators_own) == []


def test_nothing_is_left_of_a_proof(cluster: ControlPlane) -> None:
    before = cluster.client.items(NAMESPACE)
    assert refused(cluster, lambda: k8s.core.v1.Namespace("other", metadata={"name": "other"})) == []
    assert cluster.client.items(NAMESPACE) == before


def privileged(**context: Any) -> dict[str, Any]:
    return samples.template(containers=[{**samples.CONTAINER, "securityContext": context}])


SPOILT: dict[str, tuple[Callable[[], object], str]] = {
    "a negative number of replicas": (
        lambda: samples.deployment(replicas=-1),
        "must be greater than or equal to 0",
    ),
    "a selector that selects others": (
        lambda: samples.deployment(selector={"matchLabels": {"app": "another"}}),
        "`selector` does not match template `labels`",
    ),
    "a request above its limit": (
        lambda: samples.deployment(
            template=samples.template(
                containers=[
                    {
                        **samples.CONTAINER,
                        "resources": {"requests": {"memory": "2Gi"}, "limits": {"memory": "1Gi"}},
                    }
                ]
            )
        ),
        "must be less than or equal to memory limit",
    ),
    "a privileged Pod": (
        lambda: samples.deployment(template=privileged(privileged=True)),
        "its Pod: 403 Forbidden",
    ),
    "a Pod that may become root": (
        lambda: samples.deployment(template=privileged(allowPrivilegeEscalation=True)),
        'violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
    ),
    "an account that nobody makes": (
        lambda: samples.deployment(template=samples.template(serviceAccountName="nobody")),
        'serviceaccount "nobody" not found',
    ),
    "a port of none": (
        lambda: k8s.core.v1.Service("a", metadata=samples.here("a"), spec={"ports": [{"port": 70000}]}),
        "must be between 1 and 65535",
    ),
    "a name with a capital": (
        lambda: k8s.core.v1.ConfigMap("a", metadata=samples.here("Records")),
        "a lowercase RFC 1123 subdomain",
    ),
    "one object as two resources": (
        lambda: [k8s.core.v1.ConfigMap(each, metadata=samples.here("same")) for each in ("a", "b")],
        "another resource is the same object",
    ),
    "an address that is none": (
        lambda: k8s.discovery.v1.EndpointSlice(
            "a",
            metadata=samples.here("a"),
            address_type="IPv4",
            endpoints=[{"addresses": ["10.0.0.256"]}],
            ports=[],
        ),
        "must be a valid IP",
    ),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_spoilt_object_is_refused(cluster: ControlPlane, spoilt: str) -> None:
    make, said = SPOILT[spoilt]
    found = refused(cluster, lambda: (samples.namespace(), make()))
    assert [text for text in found if said in text], found


def test_a_namespace_that_nobody_makes_is_missed(cluster: ControlPlane) -> None:
    (said,) = refused(
        cluster, lambda: k8s.core.v1.ConfigMap("a", metadata={"name": "a", "namespace": "gone"})
    )
    assert 'namespaces "gone" not found' in said


def custom(version: str, kind: str, **spec: Any) -> Callable[[], object]:
    return lambda: CustomResource(
        "spoilt", api_version=version, kind=kind, metadata=samples.here("spoilt"), spec=spec
    )


JOB = {"task": "backup", "cron": "0 3 * * *", "retain": 7, "concurrency": 1}
SPOILT_CUSTOM: dict[str, tuple[Callable[[], object], str]] = {
    "a value that is none of its kind's": (
        custom("longhorn.io/v1beta2", "RecurringJob", **{**JOB, "task": "backups"}),
        "Unsupported value",
    ),
    "an unknown key": (
        custom("longhorn.io/v1beta2", "RecurringJob", **JOB, retention=7),
        ".spec.retention: field not declared in schema",
    ),
    "a key too few": (
        custom("cert-manager.io/v1", "Certificate", secretName="tls"),
        "spec.issuerRef: Required value",
    ),
    "a word for a number": (
        custom("postgresql.cnpg.io/v1", "Cluster", instances="three"),
        "expected numeric",
    ),
    "a kind that no operator brings": (
        custom("longhorn.io/v1beta2", "RecurringTask", **JOB),
        "no kind RecurringTask",
    ),
}


@schemas
@pytest.mark.parametrize("spoilt", SPOILT_CUSTOM)
def test_a_spoilt_object_of_an_operators_kind_is_refused(cluster: ControlPlane, spoilt: str) -> None:
    make, said = SPOILT_CUSTOM[spoilt]
    found = refused(cluster, lambda: (samples.namespace(), make()))
    assert [text for text in found if said in text], found


def test_kinds_that_the_server_does_not_know_are_told(cluster: ControlPlane) -> None:
    (wanted,) = recorded(custom("nowhere.example/v1", "Thing"))
    assert lacking(cluster.client, wanted) == ["nowhere.example/v1 Thing"]
