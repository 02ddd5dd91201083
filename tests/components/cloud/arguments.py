"""Arguments of clusters and databases that are fine, to be changed one at a time."""

from ipaddress import IPv4Network
from typing import Any, Final

from components.classification import Classification
from components.cloud.cluster.autopilot import AutopilotArgs
from components.cloud.cluster.control_plane import ControlPlane, Reach
from components.cloud.database.cloudsql import CloudSqlArgs
from components.cloud.database.settings import Availability, DatabaseBackups
from components.cloud.project import Project

NETWORK: Final = "projects/example/global/networks/core"
REGION: Final = "southamerica-east1"
NODES: Final = IPv4Network("10.64.0.0/20")


def autopilot(project: Project, **more: Any) -> AutopilotArgs:
    """A cluster that pipelines outside reach by name."""
    plain: dict[str, Any] = {
        "region": REGION,
        "network": NETWORK,
        "subnetwork": f"projects/example/regions/{REGION}/subnetworks/nodes",
        "secrets_key": "secrets-key",
        "disks_key": "disks-key",
        "node_account": "cluster-nodes",
        "control_plane": ControlPlane(reach=Reach.IAM, ranges={"nodes": NODES}),
        "image_policy": "policy",
        "notices": "projects/example/topics/notices",
    }
    return AutopilotArgs(project=project, **{**plain, **more})


def cloud_sql(project: Project, **more: Any) -> CloudSqlArgs:
    """A database in two zones."""
    plain: dict[str, Any] = {
        "region": REGION,
        "network": NETWORK,
        "allocated_range": "private-services",
        "key": "key",
        "tier": "db-custom-2-8192",
        "availability": Availability.REGIONAL,
        "backups": DatabaseBackups(location=REGION, kept=30),
        "classification": Classification.DEIDENTIFIED,
        "databases": ["records"],
    }
    return CloudSqlArgs(project=project, **{**plain, **more})
