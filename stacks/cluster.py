"""The Kubernetes cluster of the cloud side, and the copies of it."""

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network

from pulumi import Output

from components.classification import Classification
from components.cloud.cluster.autopilot import Autopilot, AutopilotArgs, Channel
from components.cloud.cluster.backup import ClusterBackup, ClusterBackupArgs
from components.cloud.cluster.control_plane import ControlPlane, Reach
from stacks import keys as use
from stacks.ground import Ground
from stacks.holding import Holding
from stacks.images import build_policy
from stacks.network import CloudNetwork


def build_cluster(
    ground: Ground, network: CloudNetwork, keys: Mapping[str, Output[str]], notices: Output[str]
) -> Autopilot:
    """The cluster, whose control plane hears the hospitals' networks and, if the settings say so, IAM."""
    cloud = ground.cloud
    args = AutopilotArgs(
        project=ground.project,
        region=cloud.region,
        network=network.id,
        subnetwork=network.subnets["nodes"],
        secrets_key=keys[use.CLUSTER_SECRETS],
        disks_key=keys[use.CLUSTER_DISKS],
        node_account="cluster-nodes",
        control_plane=ControlPlane(reach=Reach(cloud.control_plane.value), ranges=_operators(ground)),
        image_policy=build_policy(ground),
        notices=notices,
        channel=Channel.STABLE if ground.care.settled_versions else Channel.REGULAR,
        security_group=f"gke-security-groups@{cloud.directory}",
        labels=ground.settings.labels,
        deletion_protection=ground.care.protect,
    )
    return Autopilot("cluster", args, ground.guarded)


def build_backup(ground: Ground, cluster: Autopilot, keys: Mapping[str, Output[str]]) -> ClusterBackup:
    """Daily copies of the whole cluster, in the recovery region if there is one."""
    args = ClusterBackupArgs(
        project=ground.project,
        cluster=cluster.id,
        region=ground.cloud.region,
        location=ground.cloud.recovery_location,
        key=keys[use.CLUSTER_BACKUPS],
        classification=Classification.DEIDENTIFIED,
        kept_days=ground.care.cluster_backup_days,
        locked_days=ground.care.cluster_lock_days,
        labels=ground.settings.labels,
    )
    return ClusterBackup("cluster-backup", args, ground.guarded)


def holdings(ground: Ground) -> Iterator[Holding]:
    """What lies on the cluster's volumes, and in the copies of them."""
    places = {"cluster": ground.cloud.region, "cluster-backup": ground.cloud.recovery_location}
    for store, location in places.items():
        yield Holding(store=store, classification=Classification.DEIDENTIFIED, location=location)


def _operators(ground: Ground) -> Mapping[str, IPv4Network]:
    return {f"site-{site.name}": site.lan for site in ground.settings.sites}
