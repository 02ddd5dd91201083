"""Small objects of the kinds that the platform uses, as a program would ask for them."""

from typing import Any, Final

import pulumi_kubernetes as k8s
from pulumi import Output
from pulumi_kubernetes.apiextensions import CustomResource

CONTAINER: Final[dict[str, Any]] = {
    "name": "main",
    "image": "registry.example/app@sha256:" + "0" * 64,
    "resources": {"requests": {"cpu": "100m", "memory": "64Mi"}, "limits": {"memory": "64Mi"}},
    "securityContext": {
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
        "readOnlyRootFilesystem": True,
    },
}
POD: Final[dict[str, Any]] = {
    "containers": [CONTAINER],
    "securityContext": {
        "runAsNonRoot": True,
        "runAsUser": 1000,
        "seccompProfile": {"type": "RuntimeDefault"},
    },
}
RESTRICTED: Final = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "warn")}
LABELS: Final = {"app.kubernetes.io/name": "records"}
SPACE: Final = "clinical"


def here(name: str) -> Any:
    """Metadata of an object in the samples' namespace."""
    return {"name": name, "namespace": SPACE}


def template(**changes: Any) -> Any:
    """A Pod's template that the strictest level takes."""
    return {"metadata": {"labels": LABELS}, "spec": {**POD, **changes}}


def spec(**changes: Any) -> Any:
    """What a workload of such Pods is."""
    return {"selector": {"matchLabels": LABELS}, "template": template(), **changes}


def namespace() -> k8s.core.v1.Namespace:
    """A namespace of the strictest level."""
    return k8s.core.v1.Namespace("space", metadata={"name": SPACE, "labels": RESTRICTED})


def deployment(**changes: Any) -> k8s.apps.v1.Deployment:
    """Two Pods; ``changes`` go into the spec."""
    return k8s.apps.v1.Deployment("app", metadata=here("records"), spec=spec(**{"replicas": 2, **changes}))


def kubernetes_own() -> None:
    """Objects of Kubernetes' own kinds, some of whose values only a deployment can tell."""
    space = namespace()
    within: Any = {"namespace": space.id}
    later = k8s.Provider("later").id  # what only a deployment tells
    k8s.core.v1.ServiceAccount("account", metadata={"name": "records", **within})
    k8s.apps.v1.Deployment(
        "app",
        metadata={"name": "records", **within},
        spec=spec(template=template(serviceAccountName="records")),
    )
    claim = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
    mounted = {**CONTAINER, "volumeMounts": [{"name": "data", "mountPath": "/data"}]}
    k8s.apps.v1.StatefulSet(
        "store",
        metadata=here("store"),
        spec=spec(
            serviceName="store",
            template=template(containers=[mounted]),
            volumeClaimTemplates=[{"metadata": {"name": "data"}, "spec": claim}],
        ),
    )
    k8s.core.v1.Service(
        "records", metadata=here("records"), spec={"ports": [{"port": 80}], "selector": LABELS}
    )
    k8s.core.v1.Secret("key", metadata=here("key"), string_data={"key": Output.secret("in clear nowhere")})
    pair = {"tls.crt": later, "tls.key": Output.secret(later)}  # looked into
    k8s.core.v1.Secret("pair", metadata=here("pair"), type="kubernetes.io/tls", string_data=pair)
    k8s.core.v1.ConfigMap("told", metadata={"namespace": SPACE}, data={"later": later})
    k8s.networking.v1.NetworkPolicy(
        "closed", metadata=here("closed"), spec={"pod_selector": {}, "policy_types": ["Ingress", "Egress"]}
    )
    k8s.discovery.v1.EndpointSlice(
        "cloud",
        metadata=here("cloud"),
        address_type="IPv4",
        endpoints=[{"addresses": later.apply(lambda address: [address])}],
        ports=[{"name": "sql", "port": 5432}],
    )
    k8s.storage.v1.StorageClass(
        "replicated", metadata={"name": "replicated"}, provisioner="driver.longhorn.io", parameters={"n": "3"}
    )


def operators_own() -> None:
    """Objects of kinds that operators bring."""
    namespace()
    _custom(
        "cert-manager.io/v1",
        "Certificate",
        secretName="tls",
        dnsNames=["a.example"],
        issuerRef={"name": "ca"},
    )
    _custom("metallb.io/v1beta1", "IPAddressPool", addresses=["10.20.1.0/28"])
    _custom("longhorn.io/v1beta2", "RecurringJob", task="backup", cron="0 3 * * *", retain=7, concurrency=1)
    _custom("postgresql.cnpg.io/v1", "Cluster", instances=3, storage={"size": "10Gi"})
    _custom(
        "upgrade.cattle.io/v1",
        "Plan",
        concurrency=1,
        version="v1.36.3+k3s1",
        upgrade={"image": "rancher/k3s-upgrade"},
        serviceAccountName="system-upgrade",
    )


def _custom(api: str, kind: str, **inside: Any) -> CustomResource:
    name = kind.lower()
    return CustomResource(name, api_version=api, kind=kind, metadata=here(name), spec=inside)
