"""MetalLB's values: announcing by ARP, and nothing else."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

WEBHOOK_PORT: Final = 9443

VALUES: Final[Mapping[str, Any]] = MappingProxyType(
    {
        # BGP needs a router that speaks it; a hospital's switch does not.
        "frrk8s": {"enabled": False},
        "speaker": {
            "frr": {"enabled": False},
            # One speaker announces each address. They agree by a password that the controller makes itself
            # when it starts, in a Secret that neither this program nor Helm ever sees.
            "memberlist": {"enabled": True},
            "logLevel": "info",
            "resources": {"requests": {"cpu": "20m", "memory": "64Mi"}, "limits": {"memory": "128Mi"}},
        },
        "controller": {
            "resources": {"requests": {"cpu": "10m", "memory": "64Mi"}, "limits": {"memory": "128Mi"}},
        },
        "crds": {"enabled": True, "validationFailurePolicy": "Fail"},
        "tls": {"minVersion": "VersionTLS13"},
        "prometheus": {"rbacPrometheus": False},
        # Traffic of the namespace is the component's own.
        "networkpolicies": {"enabled": False},
    }
)
