"""A namespace with one workload of each kind, and a database of patients."""

from typing import Any

from pulumi import Output, ResourceOptions
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.apps.v1 import DaemonSet, Deployment, StatefulSet
from pulumi_kubernetes.batch.v1 import CronJob, Job
from pulumi_kubernetes.core.v1 import Namespace, PersistentVolumeClaim, Pod, Secret, Service
from pulumi_kubernetes.networking.v1 import NetworkPolicy
from pulumi_kubernetes.storage.v1 import StorageClass

IMAGE = f"registry.example/ward@sha256:{'0a' * 32}"
PATIENT = {"data-classification": "patient"}
POD_SECURITY = "pod-security.kubernetes.io/enforce"
CNPG = "postgresql.cnpg.io/v1"


def ward() -> None:
    """All of it in one namespace that is closed, meshed and restricted."""
    namespace = Namespace(
        "ward",
        metadata={
            "name": "ward",
            "labels": {POD_SECURITY: "restricted"},
            "annotations": {
                "linkerd.io/inject": "enabled",
                "config.linkerd.io/default-inbound-policy": "all-authenticated",
            },
        },
    )
    here = namespace.metadata.apply(lambda metadata: metadata.name or "")
    NetworkPolicy(
        "closed",
        metadata={"namespace": here},
        spec={"pod_selector": {}, "policy_types": ["Ingress", "Egress"]},
    )
    Service("ward", metadata={"namespace": here}, spec={"type": "LoadBalancer"})
    CustomResource(
        "addresses",
        api_version="metallb.io/v1beta1",
        kind="IPAddressPool",
        metadata={"namespace": "ward"},
        spec={"addresses": ["10.20.1.1-10.20.1.30"]},
    )
    Secret("settings", metadata={"namespace": here}, string_data={"colour": Output.secret("blue")})
    _workloads({"namespace": "ward"})
    _database({"namespace": "ward", "labels": PATIENT})


def _container() -> dict[str, Any]:
    probe = {"http_get": {"path": "/ready", "port": 8080}}
    return {
        "name": "ward",
        "image": IMAGE,
        "resources": {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"memory": "1Gi"}},
        "readiness_probe": probe,
        "liveness_probe": probe,
        "ports": [{"container_port": 8080}],
        "env": [{"name": "PASSWORD_FILE", "value": "/run/secrets/password"}],
        "env_from": [{"config_map_ref": {"name": "ward"}}],
        "security_context": {
            "allow_privilege_escalation": False,
            "read_only_root_filesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
    }


def _spec(**more: Any) -> Any:
    start = {key: value for key, value in _container().items() if not key.endswith("_probe")}
    return {
        "containers": [_container()],
        "init_containers": [{**start, "name": "start"}],
        "volumes": [{"name": "scratch", "empty_dir": {}}],
        "security_context": {"run_as_non_root": True, "seccomp_profile": {"type": "RuntimeDefault"}},
        **more,
    }


def _workloads(metadata: Any) -> None:
    template: Any = {"metadata": {"labels": {"app": "ward"}}, "spec": _spec()}
    selector: Any = {"match_labels": {"app": "ward"}}
    Deployment("ward", metadata=metadata, spec={"selector": selector, "template": template})
    DaemonSet("ward", metadata=metadata, spec={"selector": selector, "template": template})
    StatefulSet(
        "ward", metadata=metadata, spec={"selector": selector, "template": template, "service_name": "ward"}
    )
    once: Any = {"spec": _spec(restart_policy="Never")}
    Job("ward", metadata=metadata, spec={"template": once})
    CronJob(
        "ward",
        metadata=metadata,
        spec={"schedule": "0 4 * * *", "job_template": {"spec": {"template": once}}},
    )
    Pod("ward", metadata=metadata, spec=_spec())
    CustomResource(
        "ward",
        api_version="argoproj.io/v1alpha1",
        kind="Rollout",
        metadata=metadata,
        spec={"template": {"spec": _camel(_spec())}},
    )


def _database(metadata: Any) -> None:
    StorageClass(
        "sealed",
        metadata={"name": "sealed", "labels": PATIENT},
        provisioner="driver.longhorn.io",
        parameters={"encrypted": "true", "numberOfReplicas": "3"},
    )
    guarded = ResourceOptions(protect=True)
    PersistentVolumeClaim("scans", metadata=metadata, spec={"storage_class_name": "sealed"}, opts=guarded)
    storage: Any = {"storageClass": "sealed", "size": "10Gi"}
    CustomResource(
        "clinic",
        api_version=CNPG,
        kind="Cluster",
        metadata={**metadata, "name": "clinic"},
        spec={"instances": 3, "storage": storage, "walStorage": storage},
        opts=guarded,
    )
    CustomResource(
        "daily",
        api_version=CNPG,
        kind="ScheduledBackup",
        metadata=metadata,
        spec={"schedule": "0 0 4 * * *", "cluster": {"name": "clinic"}},
    )
    CustomResource(
        "analytics",
        api_version=CNPG,
        kind="Publication",
        metadata=metadata,
        spec={
            "cluster": {"name": "clinic"},
            "dbname": "deidentified",
            "name": "analytics",
            "target": {"objects": [{"table": {"name": "stays", "columns": ["day", "ward"]}}]},
        },
    )


def _camel(value: Any) -> Any:
    """The keys of a custom resource, which the SDK does not translate."""
    match value:
        case dict():
            return {_camel_word(key): _camel(item) for key, item in value.items()}
        case list():
            return [_camel(item) for item in value]
    return value


def _camel_word(word: str) -> str:
    first, *rest = word.split("_")
    return first + "".join(part.capitalize() for part in rest)
