"""The order in which nodes get another version."""

from collections.abc import Mapping
from typing import Any, Final

from components.onprem.k3s.controller import EVERYWHERE
from components.onprem.k3s.version import tag

IMAGE: Final = "rancher/k3s-upgrade"
CONTROL_PLANE: Final = "node-role.kubernetes.io/control-plane"
SERVERS: Final = "k3s-servers"
WORKERS: Final = "k3s-workers"

PATIENCE: Final = "45m"
"""Until a node must be empty: Longhorn and PostgreSQL say when their last copy may move. A node that cannot
be emptied is not upgraded, and stays marked as one that takes no Pods: an alert tells."""


def servers(version: str, account: str) -> Mapping[str, Any]:
    """One server at a time, each empty while it changes."""
    return _plan(version, account, "Exists")


def workers(version: str, account: str) -> Mapping[str, Any]:
    """One worker at a time, when all servers run the version: no kubelet is newer than its control plane."""
    wait = {"image": _image(version), "args": ["prepare", SERVERS]}
    return {**_plan(version, account, "DoesNotExist"), "prepare": wait}


def _plan(version: str, account: str, on_servers: str) -> Mapping[str, Any]:
    return {
        "concurrency": 1,
        "version": version,
        "nodeSelector": {"matchExpressions": [{"key": CONTROL_PLANE, "operator": on_servers}]},
        "serviceAccountName": account,
        "tolerations": EVERYWHERE,
        "cordon": True,
        "drain": {
            "force": False,
            "deleteEmptydirData": True,
            "ignoreDaemonSets": True,
            "disableEviction": False,
            "timeout": PATIENCE,
        },
        "upgrade": {"image": _image(version)},
    }


def _image(version: str) -> str:
    return f"{IMAGE}:{tag(version)}"
