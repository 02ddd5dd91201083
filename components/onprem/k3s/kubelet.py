"""What a node keeps for itself, and what it refuses: the kubelet's own configuration."""

from collections.abc import Mapping
from typing import Any, Final

FILE: Final = "/var/lib/rancher/k3s/agent/etc/kubelet.conf.d/50-prontuario.conf"
"""k3s gives this folder to its kubelet; a later file wins over an earlier one, k3s' own begins with 00."""


def kubelet(*, server: bool) -> Mapping[str, Any]:
    """A KubeletConfiguration. Memory is Mi; a server keeps more, since control plane and etcd run in k3s."""
    return {
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        "tlsMinVersion": "VersionTLS13",
        "seccompDefault": True,
        "streamingConnectionIdleTimeout": "5m",
        "maxPods": 110,
        "podPidsLimit": 4096,
        "systemReserved": {"cpu": "250m", "memory": "512Mi", "ephemeral-storage": "2Gi"},
        "kubeReserved": {
            "cpu": "500m" if server else "250m",
            "memory": "1536Mi" if server else "512Mi",
            "ephemeral-storage": "2Gi",
        },
        "evictionHard": {
            "memory.available": "300Mi",
            "nodefs.available": "10%",
            "nodefs.inodesFree": "5%",
            "imagefs.available": "15%",
        },
        "imageGCHighThresholdPercent": 75,
        "imageGCLowThresholdPercent": 60,
        "imageMaximumGCAge": "720h",
        "containerLogMaxSize": "20Mi",
        "containerLogMaxFiles": 5,
        "shutdownGracePeriod": "90s",
        "shutdownGracePeriodCriticalPods": "30s",
    }
