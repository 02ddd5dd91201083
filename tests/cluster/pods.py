"""The Pods that workloads would make: what Kubernetes forbids a Pod, it only warns of in its workload."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

TEMPLATES: Final[Mapping[str, tuple[str, ...]]] = {
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
    "DaemonSet": ("spec", "template"),
    "Deployment": ("spec", "template"),
    "Job": ("spec", "template"),
    "PodTemplate": ("template",),
    "ReplicaSet": ("spec", "template"),
    "ReplicationController": ("spec", "template"),
    "Rollout": ("spec", "template"),
    "StatefulSet": ("spec", "template"),
}
"""Where each kind of workload says what its Pods are."""


def pods(manifest: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The Pod of a workload; nothing if it is none."""
    path = TEMPLATES.get(manifest["kind"])
    template: Any = manifest if path else None
    for key in path or ():
        template = (template or {}).get(key)
    if template:
        metadata, spec = template.get("metadata", {}), template["spec"]
        outer = manifest["metadata"]
        yield {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {**metadata, "name": f"{outer['name']}-0"[-63:], "namespace": outer["namespace"]},
            "spec": {**spec, "volumes": [*spec.get("volumes", ()), *_claimed(manifest)]},
        }


def _claimed(manifest: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The volumes that a StatefulSet gives to each of its Pods."""
    for claim in manifest["spec"].get("volumeClaimTemplates", ()):
        name = claim["metadata"]["name"]
        yield {
            "name": name,
            "persistentVolumeClaim": {"claimName": f"{name}-{manifest['metadata']['name']}-0"},
        }
