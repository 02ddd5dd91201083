"""Admission and audit, in a real kube-apiserver that runs with our files and our arguments."""

import socket
import ssl
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final

import pytest

from components.onprem.k3s import hardening
from components.onprem.k3s.config import written
from tests.cluster.plane.client import Refused
from tests.cluster.plane.control_plane import ControlPlane
from tests.components.onprem.k3s.conftest import events

pytestmark = [pytest.mark.cluster, pytest.mark.xdist_group("k3s")]

CORE: Final = {"apiVersion": "v1"}
PLANTED: Final = "the-patient-is-called-maria"
LEVELS: Final = {"ward": {}, "drivers": {"pod-security.kubernetes.io/enforce": "privileged"}}


def pod(namespace: str, spec: Mapping[str, Any], name: str = "one") -> dict[str, Any]:
    container = {"name": "main", "image": "example/image", **spec.get("container", {})}
    rest = {key: value for key, value in spec.items() if key != "container"}
    return {
        **CORE,
        "kind": "Pod",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {"containers": [container], **rest},
    }


PRIVILEGED: Final = {"container": {"securityContext": {"privileged": True}}}
RESTRICTED: Final = {
    "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
    "container": {"securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}},
}


@pytest.fixture(scope="module", autouse=True)
def _namespaces(plane: ControlPlane) -> Iterator[None]:
    for name, labels in LEVELS.items():
        plane.client.create({**CORE, "kind": "Namespace", "metadata": {"name": name, "labels": labels}})
        account = {"name": "default", "namespace": name}
        plane.client.apply({**CORE, "kind": "ServiceAccount", "metadata": account})
    account = {"name": "default", "namespace": "kube-system"}
    plane.client.apply({**CORE, "kind": "ServiceAccount", "metadata": account})
    yield
    for name in LEVELS:
        plane.client.delete({**CORE, "kind": "Namespace", "metadata": {"name": name}})


@pytest.mark.parametrize("spec", [PRIVILEGED, {}, {"hostNetwork": True}, {"hostPID": True}])
def test_a_namespace_that_says_nothing_is_restricted(plane: ControlPlane, spec: Mapping[str, Any]) -> None:
    with pytest.raises(Refused, match='violates PodSecurity "restricted:latest"'):
        plane.client.create(pod("ward", spec), dry=True)


def test_a_pod_that_keeps_to_the_rules_is_taken(plane: ControlPlane) -> None:
    assert plane.client.create(pod("ward", RESTRICTED), dry=True).warnings == ()


@pytest.mark.parametrize("namespace", ["kube-system", "drivers"])
def test_k3s_own_namespace_and_one_that_says_so_may_more(plane: ControlPlane, namespace: str) -> None:
    plane.client.create(pod(namespace, PRIVILEGED), dry=True)


def test_whoever_floods_the_cluster_with_events_is_slowed_down(plane: ControlPlane) -> None:
    """Fifty at once about one thing; the next ones are refused."""
    refused = 0
    for number in range(80):
        about = {"kind": "Pod", "namespace": "ward", "name": "one"}
        event = {
            **CORE,
            "kind": "Event",
            "metadata": {"name": f"one.{number}", "namespace": "ward"},
            "involvedObject": about,
            "source": {"component": "test"},
            "reason": "Tested",
        }
        try:
            plane.client.create(event)
        except Refused as error:
            refused += error.status == HTTPStatus.TOO_MANY_REQUESTS
    assert 0 < refused < 80


@pytest.fixture(scope="module")
def told(plane: ControlPlane, _namespaces: None) -> list[dict[str, Any]]:
    """What is in the log after somebody has worked with a Secret, a ConfigMap, a token and a role."""
    client = plane.client
    for kind in ("Secret", "ConfigMap"):
        field = "stringData" if kind == "Secret" else "data"
        document = {
            **CORE,
            "kind": kind,
            "metadata": {"name": "planted", "namespace": "ward"},
            field: {"name": PLANTED},
        }
        client.create(document)
        client.apply(document)
        client.get(document, "planted", "ward")
        client.items(document, "ward")
        client.delete(document)
    token = client.call(
        "POST",
        "/api/v1/namespaces/ward/serviceaccounts/default/token",
        {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}},
    )
    role = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role"}
    rules = [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]
    client.create({**role, "metadata": {"name": "reader", "namespace": "ward"}, "rules": rules})
    client.call("GET", "/readyz")
    found = events(plane)
    text = plane.audit.read_text(encoding="utf-8")
    assert token.body["status"]["token"] not in text
    return found


def about(told: list[dict[str, Any]], resource: str) -> list[dict[str, Any]]:
    return [each for each in told if each.get("objectRef", {}).get("resource") == resource]


def test_what_a_secret_says_is_never_logged(plane: ControlPlane, told: list[dict[str, Any]]) -> None:
    text = plane.audit.read_text(encoding="utf-8")
    encoded = "dGhlLXBhdGllbnQtaXMtY2FsbGVkLW1hcmlh"
    assert about(told, "secrets")
    assert PLANTED not in text
    assert encoded not in text


@pytest.mark.parametrize("verb", ["create", "patch", "get", "list", "delete"])
def test_that_a_secret_was_touched_is_logged_with_who_and_when(told: list[dict[str, Any]], verb: str) -> None:
    found = [each for each in about(told, "secrets") if each["verb"] == verb]
    assert [each for each in found if each["user"]["username"] == "tests"]
    assert {each["level"] for each in found} == {"Metadata"}


def test_a_changed_right_is_logged_with_what_it_was_changed_to(told: list[dict[str, Any]]) -> None:
    (made,) = (
        each
        for each in about(told, "roles")
        if each["verb"] == "create" and each["user"]["username"] == "tests"
    )
    assert made["requestObject"]["rules"][0]["verbs"] == ["get"]


def test_only_what_decides_about_rights_is_logged_with_its_body(told: list[dict[str, Any]]) -> None:
    bodied = {each["objectRef"]["resource"] for each in told if "requestObject" in each}
    assert bodied <= {
        "roles",
        "rolebindings",
        "clusterroles",
        "clusterrolebindings",
        "networkpolicies",
        "namespaces",
    }


def test_noise_is_not_logged(told: list[dict[str, Any]]) -> None:
    assert about(told, "events") == []
    assert [each for each in told if each["requestURI"].startswith("/readyz")] == []
    assert {each["stage"] for each in told} <= {"ResponseComplete", "ResponseStarted", "Panic"}


@pytest.mark.parametrize(
    ("version", "taken"), [(ssl.TLSVersion.TLSv1_2, False), (ssl.TLSVersion.TLSv1_3, True)]
)
def test_the_control_plane_speaks_tls_1_3_alone(
    plane: ControlPlane, version: ssl.TLSVersion, *, taken: bool
) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.minimum_version = context.maximum_version = version
    port = int(plane.server.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        try:
            context.wrap_socket(line).close()
            spoken = True
        except ssl.SSLError:
            spoken = False
    assert spoken is taken


def test_both_files_are_yaml_of_kubernetes_own_kinds() -> None:
    assert written(hardening.admission()).startswith("apiVersion: apiserver.config.k8s.io/v1\n")
    assert written(hardening.audit()).startswith("apiVersion: audit.k8s.io/v1\n")
