"""The system-upgrade-controller, as plain objects: what it is told, what it may do, how it runs."""

from collections.abc import Mapping, Sequence
from typing import Final

from pulumi_kubernetes.apiextensions import v1 as extensions
from pulumi_kubernetes.core import v1 as core
from pulumi_kubernetes.rbac import v1 as rbac

NAME: Final = "system-upgrade-controller"
GROUP: Final = "upgrade.cattle.io"
PLANS: Final = f"plans.{GROUP}"
CONTROLLED: Final[Mapping[str, str]] = {f"{GROUP}/controller": NAME}
"""The label of the controller's own Pods, and of its Jobs': no drain stops them."""

KUBECTL: Final = "rancher/kubectl@sha256:06c7a7a9772737494ae1e0c3af90f1b5385630c147e47c1c7cea92f4bed55fbe"
"""v1.36.2, for arm64 and amd64: what the Jobs drain with."""

DEADLINE: Final = 3600
"""Seconds for one node: three quarters for its Pods to leave, the rest for the new version to start."""

EVERYWHERE: Final[list[core.TolerationArgsDict]] = [
    {"key": key, "operator": "Exists"}
    for key in (
        "CriticalAddonsOnly",
        "node-role.kubernetes.io/control-plane",
        "node-role.kubernetes.io/etcd",
        "prontuario.health/duty",
    )
]
"""Also a node that holds something apart has to be upgraded."""


def settings() -> Mapping[str, str]:
    """The controller's environment."""
    return {
        "SYSTEM_UPGRADE_CONTROLLER_DEBUG": "false",
        "SYSTEM_UPGRADE_CONTROLLER_THREADS": "2",
        "SYSTEM_UPGRADE_CONTROLLER_LEADER_ELECT": "true",
        "SYSTEM_UPGRADE_JOB_ACTIVE_DEADLINE_SECONDS": str(DEADLINE),
        "SYSTEM_UPGRADE_JOB_BACKOFF_LIMIT": "3",
        "SYSTEM_UPGRADE_JOB_IMAGE_PULL_POLICY": "IfNotPresent",
        "SYSTEM_UPGRADE_JOB_KUBECTL_IMAGE": KUBECTL,
        "SYSTEM_UPGRADE_JOB_PRIVILEGED": "true",
        "SYSTEM_UPGRADE_JOB_TTL_SECONDS_AFTER_FINISH": "900",
        "SYSTEM_UPGRADE_PLAN_POLLING_INTERVAL": "15m",
    }


def everywhere() -> list[rbac.PolicyRuleArgsDict]:
    """What it may do in the whole cluster: look at nodes and mark them, empty one, keep its own kind."""
    return [
        _rule("", ["namespaces"], ["get", "list", "watch"]),
        _rule("", ["nodes"], ["get", "list", "watch", "update", "patch"]),
        _rule("", ["pods"], ["get", "list", "delete"]),
        _rule("", ["pods/eviction"], ["create"]),
        _rule("", ["events"], ["get", "create", "patch", "update"]),
        _rule("apps", ["statefulsets", "daemonsets", "replicasets"], ["get", "list"]),
        _rule("batch", ["jobs"], ["get", "list", "watch"]),
        _rule("apiextensions.k8s.io", ["customresourcedefinitions"], ["get", "list", "watch"]),
        {
            **_rule("apiextensions.k8s.io", ["customresourcedefinitions"], ["patch", "update"]),
            "resource_names": [PLANS],
        },
    ]


def at_home() -> list[rbac.PolicyRuleArgsDict]:
    """What it may do in its own namespace: Jobs, plans, its lease."""
    return [
        _rule(
            "batch",
            ["jobs"],
            ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
        ),
        _rule(
            GROUP,
            ["plans", "plans/status"],
            ["get", "list", "watch", "create", "patch", "update", "delete"],
        ),
        _rule("", ["secrets"], ["get", "list", "watch"]),
        _rule("coordination.k8s.io", ["leases"], ["create"]),
        {**_rule("coordination.k8s.io", ["leases"], ["get", "update"]), "resource_names": [NAME]},
    ]


def pod(image: str, config: str, account: str) -> core.PodSpecArgsDict:
    """On a server; without root, without files of the node: it only asks the control plane."""
    variables = {
        "SYSTEM_UPGRADE_CONTROLLER_NAME": f"metadata.labels['{GROUP}/controller']",
        "SYSTEM_UPGRADE_CONTROLLER_NAMESPACE": "metadata.namespace",
        "SYSTEM_UPGRADE_CONTROLLER_NODE_NAME": "spec.nodeName",
    }
    return {
        "service_account_name": account,
        "node_selector": {"kubernetes.io/os": "linux", "node-role.kubernetes.io/control-plane": "true"},
        "tolerations": EVERYWHERE,
        "security_context": {
            "run_as_non_root": True,
            "run_as_user": 65534,
            "run_as_group": 65534,
            "seccomp_profile": {"type": "RuntimeDefault"},
        },
        "containers": [
            {
                "name": NAME,
                "image": image,
                "env_from": [{"config_map_ref": {"name": config}}],
                "env": [
                    {"name": name, "value_from": {"field_ref": {"field_path": path}}}
                    for name, path in variables.items()
                ],
                "resources": {
                    "requests": {"cpu": "10m", "memory": "64Mi"},
                    "limits": {"memory": "256Mi"},
                },
                "security_context": {
                    "allow_privilege_escalation": False,
                    "read_only_root_filesystem": True,
                    "capabilities": {"drop": ["ALL"]},
                },
                "volume_mounts": [{"name": "tmp", "mount_path": "/tmp"}],  # noqa: S108 -- in its container
            }
        ],
        "volumes": [{"name": "tmp", "empty_dir": {}}],
    }


def definition() -> extensions.CustomResourceDefinitionSpecArgsDict:
    """The kind Plan, open: the controller puts its own, closed description in its place when it starts."""
    open_: extensions.JSONSchemaPropsArgsDict = {
        "type": "object",
        "x_kubernetes_preserve_unknown_fields": True,
    }
    schema: extensions.JSONSchemaPropsArgsDict = {
        "type": "object",
        "properties": {"spec": open_, "status": open_},
    }
    version: extensions.CustomResourceDefinitionVersionArgsDict = {
        "name": "v1",
        "served": True,
        "storage": True,
        "schema": {"open_apiv3_schema": schema},
        "subresources": {"status": {}},
    }
    return {
        "group": GROUP,
        "scope": "Namespaced",
        "names": {"kind": "Plan", "list_kind": "PlanList", "plural": "plans", "singular": "plan"},
        "versions": [version],
    }


def _rule(group: str, resources: Sequence[str], verbs: Sequence[str]) -> rbac.PolicyRuleArgsDict:
    return {"api_groups": [group], "resources": [*resources], "verbs": [*verbs]}
