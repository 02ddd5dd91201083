"""What a cluster tells about itself: logs, metrics and notices."""

from typing import Final

from pulumi import Input
from pulumi_gcp import container

CONTROL_PLANE: Final = ("APISERVER", "SCHEDULER", "CONTROLLER_MANAGER")

LOGS: Final[container.ClusterLoggingConfigArgsDict] = {
    "enable_components": ["SYSTEM_COMPONENTS", "WORKLOADS", *CONTROL_PLANE]
}
"""GKE's own choice leaves the control plane out, and with it who did what in the cluster."""

STATE: Final = ("STORAGE", "HPA", "POD", "DAEMONSET", "DEPLOYMENT", "STATEFULSET", "CADVISOR", "KUBELET")
"""What Autopilot measures by itself; a list of ours replaces its own."""

METRICS: Final[container.ClusterMonitoringConfigArgsDict] = {
    "enable_components": ["SYSTEM_COMPONENTS", *CONTROL_PLANE, *STATE],
    "managed_prometheus": {"enabled": True},
}


def notices(topic: Input[str]) -> container.ClusterNotificationConfigArgsDict:
    """Upgrades, before and when they happen, and security bulletins, on ``topic``."""
    kinds = [
        "SECURITY_BULLETIN_EVENT",
        "UPGRADE_AVAILABLE_EVENT",
        "UPGRADE_EVENT",
        "UPGRADE_INFO_EVENT",
    ]
    return {"pubsub": {"enabled": True, "topic": topic, "filter": {"event_types": kinds}}}
