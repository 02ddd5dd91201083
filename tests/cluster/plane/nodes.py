"""Nodes that nobody runs: kwok says that they are well, the scheduler takes their sizes for real."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """A machine as the scheduler sees it. Quantities are Kubernetes' own: ``4``, ``500m``, ``16Gi``."""

    name: str
    cpu: str = "4"
    memory: str = "8Gi"
    storage: str = "100Gi"
    pods: int = 110
    """How many Pods it holds; the kubelet's own limit."""
    architecture: str = "arm64"
    labels: Mapping[str, str] = field(default_factory=dict)
    taints: Sequence[Mapping[str, str]] = ()
    """Each with key, effect and, if it has one, value."""

    def manifest(self) -> dict[str, Any]:
        """The object; everything of it that a kubelet would say is said."""
        size = {
            "cpu": self.cpu,
            "memory": self.memory,
            "ephemeral-storage": self.storage,
            "pods": str(self.pods),
        }
        given = {
            "kubernetes.io/arch": self.architecture,
            "kubernetes.io/os": "linux",
            "kubernetes.io/hostname": self.name,
        }
        return {
            "apiVersion": "v1",
            "kind": "Node",
            "metadata": {"name": self.name, "labels": {**given, **self.labels}},
            "spec": {"taints": [dict(taint) for taint in self.taints]},
            "status": {
                "capacity": size,
                "allocatable": size,
                "nodeInfo": {"architecture": self.architecture, "operatingSystem": "linux"},
            },
        }
