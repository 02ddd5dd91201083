"""The chart's values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pulumi import Input

from components.onprem.vault import confined, scripts, seal
from components.onprem.vault.server import DATA, METRICS_PORT, NAME, PORT, TLS

HEALTH: Final = "/v1/sys/health?standbyok=true&perfstandbyok=true"
ALIVE: Final = f"{HEALTH}&sealedcode=204&uninitcode=204"
"""A sealed server waits for a key, and would wait no less after a restart."""

SERVER: Final[Mapping[str, str]] = {
    "app.kubernetes.io/name": NAME,
    "app.kubernetes.io/instance": NAME,
    "component": "server",
}
"""Labels of the servers' pods."""

KEEPER: Final = "vault-keeper"
CERTIFICATE: Final = "vault-tls"
FOUNDING: Final = "vault-founding"


@dataclass(frozen=True, kw_only=True, slots=True)
class Disk:
    """A volume for each server."""

    storage_class: Input[str]
    """An encrypted one, wherever patients' data is near."""
    size: str = "10Gi"


@dataclass(frozen=True, kw_only=True, slots=True)
class Servers:
    """What the chart is told that differs from place to place."""

    replicas: int
    config: Input[str]
    data: Disk
    audit: Disk
    audience: Input[str] | None
    """Of tokens for Google; none without a seal there."""
    labels: Mapping[str, str]
    """Of the disks, and such as never change: a StatefulSet lets nobody change the claims that it makes."""


def values(servers: Servers) -> Mapping[str, Any]:
    """All of them. What is not here is the chart's own choice, read with version 0.34.1."""
    return {
        "global": {"tlsDisable": False},
        "injector": {"enabled": False},
        "ui": {"enabled": False},
        "csi": {"enabled": False},
        "server": {
            "image": {"repository": confined.IMAGE, "tag": confined.TAG},
            "logFormat": "json",
            "resources": confined.needs("250m", "1Gi"),
            # A change waits until somebody deletes the pods, the leader last: each comes back sealed where
            # the key is out of reach. It also lets the release be ready before the ceremony.
            "updateStrategyType": "OnDelete",
            "includeConfigAnnotation": True,
            "authDelegator": {"enabled": True},
            "shareProcessNamespace": True,  # the keeper signals the server, which has no other way to be told
            "terminationGracePeriodSeconds": 30,
            "extraEnvironmentVars": _environment(servers),
            "extraPorts": [{"containerPort": METRICS_PORT, "name": "metrics"}],
            "extraContainers": [_keeper()],
            **PROBES,
            "volumes": _volumes(servers),
            "volumeMounts": _mounts(servers),
            "affinity": _apart() if servers.replicas > 1 else "",
            "networkPolicy": {"enabled": False},  # the component closes the whole namespace
            "dataStorage": {"enabled": True, "mountPath": DATA, **_disk(servers.data, servers.labels)},
            "auditStorage": {
                "enabled": True,
                "mountPath": scripts.AUDIT,
                **_disk(servers.audit, servers.labels),
            },
            "persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Retain", "whenScaled": "Retain"},
            "standalone": {"enabled": False},
            "ha": _together(servers),
            "statefulSet": {
                "securityContext": {"pod": {**confined.POD}, "container": {**confined.CONTAINER}}
            },
        },
    }


PROBES: Final[Mapping[str, Any]] = {
    "readinessProbe": {"enabled": True, "path": HEALTH, "port": PORT},
    "livenessProbe": {
        "enabled": True,
        "path": ALIVE,
        "port": PORT,
        "initialDelaySeconds": 60,
        "periodSeconds": 10,
        "failureThreshold": 6,
    },
}
"""Sealed is alive and not ready."""


def _together(servers: Servers) -> Mapping[str, Any]:
    return {
        "enabled": True,
        "replicas": servers.replicas,
        # By its name, which is in the certificate; the chart would take the address, which is not.
        "apiAddr": f"https://$(VAULT_K8S_POD_NAME).{NAME}-internal:{PORT}",
        "raft": {"enabled": True, "setNodeId": True, "config": servers.config},
        "disruptionBudget": {"enabled": servers.replicas > 1},
    }


def _environment(servers: Servers) -> Mapping[str, str]:
    google = {"GOOGLE_APPLICATION_CREDENTIALS": f"{seal.DIRECTORY}/{seal.CREDENTIALS}"}
    return {**scripts.ENVIRONMENT, **(google if servers.audience is not None else {})}


def _volumes(servers: Servers) -> list[Mapping[str, Any]]:
    return [
        {"name": "tls", "secret": {"secretName": CERTIFICATE, "defaultMode": 0o440}},
        {"name": "founding", "configMap": {"name": FOUNDING}},
        {"name": "keeper", "configMap": {"name": KEEPER}},
        {"name": "tmp", "emptyDir": {"medium": "Memory", "sizeLimit": "16Mi"}},
        *([seal.volume(servers.audience)] if servers.audience is not None else []),
    ]


def _mounts(servers: Servers) -> list[Mapping[str, Any]]:
    google = {"name": "google", "mountPath": seal.DIRECTORY, "readOnly": True}
    return [
        {"name": "tls", "mountPath": TLS, "readOnly": True},
        {"name": "founding", "mountPath": scripts.FOUNDING, "readOnly": True},
        {"name": "tmp", "mountPath": scripts.SCRATCH},
        *([google] if servers.audience is not None else []),
    ]


def _keeper() -> Mapping[str, Any]:
    return {
        "name": "keeper",
        "image": f"{confined.IMAGE}:{confined.TAG}",
        "command": ["/bin/sh", "/keeper/keeper.sh"],
        "resources": confined.needs("10m", "32Mi"),
        "securityContext": {**confined.CONTAINER},
        "volumeMounts": [
            {"name": "keeper", "mountPath": "/keeper", "readOnly": True},
            {"name": "tls", "mountPath": TLS, "readOnly": True},
            {"name": "audit", "mountPath": scripts.AUDIT},
        ],
    }


def _disk(disk: Disk, labels: Mapping[str, str]) -> Mapping[str, Any]:
    return {"size": disk.size, "storageClass": disk.storage_class, "labels": {**labels}}


def _apart() -> Mapping[str, Any]:
    """Never two servers on one machine: two of three must outlive any."""
    rule = {"labelSelector": {"matchLabels": {**SERVER}}, "topologyKey": "kubernetes.io/hostname"}
    return {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [rule]}}
