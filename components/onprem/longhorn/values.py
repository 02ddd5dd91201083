"""Longhorn's settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Any, Final

from components.onprem.longhorn import backups
from components.onprem.longhorn.backups import Backups
from components.onprem.longhorn.encryption import REPLICATED
from components.platform.traffic import ANYWHERE

DISK_LABEL: Final = "node.longhorn.io/create-default-disk"
"""A node whose label says ``true`` gives Longhorn its disk, once; other nodes only use volumes."""

DISK: Final = "/var/lib/longhorn"
"""Where that disk is mounted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Taint:
    """A taint that Longhorn runs in spite of."""

    key: str
    value: str
    effect: str = "NoSchedule"

    def __post_init__(self) -> None:
        if self.effect not in {"NoSchedule", "PreferNoSchedule", "NoExecute"}:
            raise ValueError(f"taint {self.key}: the effect is NoSchedule, PreferNoSchedule or NoExecute")

    @property
    def toleration(self) -> Mapping[str, str]:
        """As a pod has it."""
        return {"key": self.key, "operator": "Equal", "value": self.value, "effect": self.effect}

    def __str__(self) -> str:
        """As ``kubectl taint`` and Longhorn's setting take it."""
        return f"{self.key}={self.value}:{self.effect}"


def values(
    *, replicas: int, taints: Sequence[Taint], callers: Sequence[IPv4Network], target: Backups | None
) -> Mapping[str, Any]:
    """The chart's values."""
    return {
        "global": {"tolerations": [taint.toleration for taint in taints]},
        "defaultSettings": settings(replicas, taints),
        "defaultBackupStore": _store(target),
        # Our classes are the only ones: the chart's own is not encrypted.
        "persistence": {"createStorageClass": False, "defaultClass": False, "reclaimPolicy": "Retain"},
        "networkPolicies": {
            "restrictInternalTraffic": True,
            "kubeAPIServerSourceCIDRs": [str(each) for each in callers if each != ANYWHERE],
        },
        "longhornManager": {
            "log": {"format": "json"},
            "resources": {"requests": {"cpu": "100m", "memory": "256Mi"}, "limits": {"memory": "2Gi"}},
        },
        "longhornDriver": {"log": {"format": "json"}},
        # It asks for no password, so nothing leads to it but kubectl port-forward.
        "longhornUI": {"replicas": 1},
        "ingress": {"enabled": False},
        "httproute": {"enabled": False},
    }


def settings(replicas: int, taints: Sequence[Taint]) -> Mapping[str, Any]:
    """Of Longhorn itself; the chart writes them into its settings at each deployment."""
    return {
        "createDefaultDiskLabeledNodes": True,
        "defaultDataPath": DISK,
        "defaultReplicaCount": f'{{"v1":"{replicas}"}}',
        # Longhorn makes an unencrypted class for restored volumes, unless another one is named here.
        "defaultLonghornStaticStorageClass": REPLICATED,
        "replicaSoftAntiAffinity": False,
        "replicaAutoBalance": "least-effort",
        "concurrentReplicaRebuildPerNodeLimit": 2,
        "allowVolumeCreationWithDegradedAvailability": False,
        # The disk is Longhorn's alone, so nothing is kept for others; a tenth stays free for snapshots.
        "storageReservedPercentageForDefaultDisk": 0,
        "storageMinimalAvailablePercentage": 10,
        "storageOverProvisioningPercentage": 100,
        # Every strict-local volume is its node's last copy: the default would let no such node be drained.
        "nodeDrainPolicy": "allow-if-replica-is-stopped",
        "nodeDownPodDeletionPolicy": "delete-both-statefulset-and-deployment-pod",
        "snapshotDataIntegrity": "fast-check",
        "backupCompressionMethod": "lz4",
        "v1DataEngine": True,
        "v2DataEngine": False,  # it takes a core of each node, and stalls on arm64 (longhorn #13243)
        "upgradeChecker": False,
        "allowCollectingLonghornUsageMetrics": False,
        "taintToleration": "; ".join(map(str, taints)),
    }


def _store(target: Backups | None) -> Mapping[str, Any]:
    if target is None:
        return {}
    return {
        "backupTarget": target.target,
        "backupTargetCredentialSecret": backups.SECRET,
        "pollInterval": 300,
    }
