"""The namespaces of a cluster."""

from components.platform.namespaces import Namespaces, NamespacesArgs, PodSecurity
from tests.components.cloud.recorded import recorded, refused

LEVELS = {"data": PodSecurity.RESTRICTED, "metallb-system": PodSecurity.PRIVILEGED}


def test_what_is_kept_is_protected_and_the_others_can_go() -> None:
    made = recorded(lambda: Namespaces("one", NamespacesArgs(levels=LEVELS, kept=["data"])))
    assert made.resource("Namespace one-data").protect
    assert not made.resource("Namespace one-metallb-system").protect
    with refused("namespace dta is to be kept and has no level: name it among the levels"):
        NamespacesArgs(levels=LEVELS, kept=["dta"])


def test_a_pod_that_names_no_account_gets_no_token() -> None:
    made = recorded(lambda: Namespaces("one", NamespacesArgs(levels=LEVELS)), preview=False)
    for name in LEVELS:
        account = made.resource(f"ServiceAccountPatch one-{name}-default").inputs
        assert account["automountServiceAccountToken"] is False
        assert account["metadata"] == {"name": "default", "namespace": f"one-{name}-id"}


def test_kubernetes_own_namespaces_are_not_ours() -> None:
    with refused("namespace kube-system belongs to Kubernetes; give the platform's own names"):
        NamespacesArgs(levels={"kube-system": PodSecurity.PRIVILEGED})
