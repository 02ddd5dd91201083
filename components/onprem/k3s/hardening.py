"""What the control plane refuses and what it writes down, and the kernel's settings that go with it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

ADMISSION: Final = "/etc/rancher/k3s/admission.yaml"
AUDIT: Final = "/etc/rancher/k3s/audit.yaml"
AUDIT_LOG: Final = "/var/lib/rancher/k3s/server/logs/audit.log"
SYSCTL: Final = "/etc/sysctl.d/90-k3s.conf"

EXEMPT: Final = ("kube-system",)
"""k3s' own namespace. Any other that needs more than ``restricted`` says so by a label, for all to see."""

WRITING: Final = ("create", "update", "patch", "delete", "deletecollection")


def admission() -> Mapping[str, Any]:
    """Pods are restricted unless their namespace's label says otherwise; nobody floods etcd with events."""
    levels = {
        key: value
        for mode in ("enforce", "audit", "warn")
        for key, value in ((mode, "restricted"), (f"{mode}-version", "latest"))
    }
    security = {
        "apiVersion": "pod-security.admission.config.k8s.io/v1",
        "kind": "PodSecurityConfiguration",
        "defaults": levels,
        "exemptions": {"usernames": [], "runtimeClasses": [], "namespaces": [*EXEMPT]},
    }
    limits = {
        "apiVersion": "eventratelimit.admission.k8s.io/v1alpha1",
        "kind": "Configuration",
        "limits": [
            {"type": "Server", "qps": 500, "burst": 1000},
            {"type": "Namespace", "qps": 50, "burst": 200, "cacheSize": 1000},
            {"type": "SourceAndObject", "qps": 10, "burst": 50, "cacheSize": 2000},
        ],
    }
    return {
        "apiVersion": "apiserver.config.k8s.io/v1",
        "kind": "AdmissionConfiguration",
        "plugins": [
            {"name": "PodSecurity", "configuration": security},
            {"name": "EventRateLimit", "configuration": limits},
        ],
    }


def audit() -> Mapping[str, Any]:
    """Who did what, when, from where; bodies only of what decides about rights, so never a Secret's."""
    return {
        "apiVersion": "audit.k8s.io/v1",
        "kind": "Policy",
        "omitStages": ["RequestReceived"],
        "omitManagedFields": True,
        "rules": [*_noise(), *_rights(), {"level": "Metadata"}],
    }


def sysctls() -> str:
    """What a kubelet that protects the kernel's defaults demands; otherwise it does not start."""
    return """\
kernel.keys.root_maxbytes=25000000
kernel.keys.root_maxkeys=1000000
kernel.panic=10
kernel.panic_on_oops=1
vm.overcommit_memory=1
vm.panic_on_oom=0
"""


def _noise() -> Sequence[Mapping[str, Any]]:
    """What machines ask every few seconds, and tells nothing of anybody."""
    return [
        {"level": "None", "nonResourceURLs": ["/healthz*", "/livez*", "/readyz*"]},
        {"level": "None", "resources": [_of("", "events"), _of("events.k8s.io", "events")]},
        {
            "level": "None",
            "verbs": ["get", "list", "watch", "update"],
            "resources": [_of("coordination.k8s.io", "leases")],
        },
        {
            "level": "None",
            "userGroups": ["system:nodes"],
            "verbs": ["get", "list", "watch", "update", "patch"],
            "resources": [_of("", "nodes", "nodes/status", "pods", "pods/status")],
        },
    ]


def _rights() -> Sequence[Mapping[str, Any]]:
    """Changes of what people and programs may do, with what they were changed to."""
    return [
        {
            "level": "RequestResponse",
            "verbs": [*WRITING],
            "resources": [
                _of("rbac.authorization.k8s.io"),
                _of("networking.k8s.io", "networkpolicies"),
                _of("", "namespaces"),
            ],
        }
    ]


def _of(group: str, *resources: str) -> Mapping[str, Any]:
    return {"group": group, **({"resources": [*resources]} if resources else {})}
