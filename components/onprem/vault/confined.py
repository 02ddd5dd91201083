"""How every container of Vault's namespace is confined."""

from collections.abc import Mapping
from typing import Any, Final

IMAGE: Final = "docker.io/hashicorp/vault"
TAG: Final = "2.0.4@sha256:5be49781ecf78bfe775c5309c6a4d9f4e9e040b6c885c99eb2b12fb69855e1a2"
"""The chart's own version, and the digest of its index for all processors (the same in several public
repositories that pin it)."""

USER: Final = 100
GROUP: Final = 1000
"""As the image has them."""

POD: Final[Mapping[str, Any]] = {
    "runAsNonRoot": True,
    "runAsUser": USER,
    "runAsGroup": GROUP,
    "fsGroup": GROUP,
    "fsGroupChangePolicy": "OnRootMismatch",
    "seccompProfile": {"type": "RuntimeDefault"},
}

CONTAINER: Final[Mapping[str, Any]] = {
    "allowPrivilegeEscalation": False,
    "readOnlyRootFilesystem": True,
    "capabilities": {"drop": ["ALL"]},
}


def needs(cpu: str, memory: str) -> Mapping[str, Any]:
    """What a container gets for sure, and the memory that it cannot exceed."""
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"memory": memory}}
