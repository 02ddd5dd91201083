"""The Kubernetes cluster of the cloud side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import container

from components.base import Component, after
from components.cloud.access.identity import Identity
from components.cloud.cluster.control_plane import ControlPlane
from components.cloud.cluster.nodes import KUBELET, account, machines
from components.cloud.cluster.signals import LOGS, METRICS, notices
from components.cloud.project import Api, Project
from components.cloud.regions import check_region
from components.cloud.weekly import ClusterMaintenance

NEEDED: Final = (Api.CONTAINER, Api.BINARY_AUTHORIZATION, Api.GKE_BACKUP)
"""The APIs that must be on before a cluster can be made with what it is made with here."""

INTERVAL: Final = "120s"
"""How soon Pods see a new version of a secret: GKE's own interval once refreshing is on."""

SECRETS: Final[container.ClusterSecretManagerConfigArgsDict] = {
    "enabled": True,
    "rotation_config": {"enabled": True, "rotation_interval": INTERVAL},
}
SYNCED: Final[container.ClusterSecretSyncConfigArgsDict] = {
    "enabled": True,
    "rotation_config": {"enabled": True, "rotation_interval": INTERVAL},
}

BINDINGS: Final[container.ClusterRbacBindingConfigArgsDict] = {
    "enable_insecure_binding_system_authenticated": False,
    "enable_insecure_binding_system_unauthenticated": False,
}
"""No role may be bound to everybody, known to Google or not."""


class Channel(StrEnum):
    """How early a cluster gets new versions; channels without support for production are left out."""

    REGULAR = "REGULAR"
    STABLE = "STABLE"


@dataclass(frozen=True, kw_only=True, slots=True)
class AutopilotArgs:
    """Where the cluster is, under which keys, and who reaches it.

    What Autopilot decides itself or refuses has no place here: node pools and their configuration, shielded
    nodes, network policy, DNS cache, sizes and images of disks, Pods per node, visibility within a node.
    """

    project: Project
    region: str
    """A region, never a zone: the control plane and the nodes spread over its zones."""
    network: Input[str]
    subnetwork: Input[str]
    secrets_key: Input[str]
    """Id of the key that Kubernetes Secrets are encrypted with, known once GKE may use it (``Keys.ids``)."""
    disks_key: Input[str]
    """Id of the key that the nodes' disks are encrypted with, known once Compute Engine may use it."""
    node_account: str
    """The part before the @ of the account that the nodes act as."""
    control_plane: ControlPlane
    image_policy: Input[str]
    """Known once the project's policy on images is in force (``ImagePolicy.id``)."""
    notices: Input[str]
    """Topic for upgrades and security bulletins (``Topic.id``)."""
    pods_range: str = "pods"
    services_range: str = "services"
    """Names of the subnet's secondary ranges."""
    channel: Channel = Channel.STABLE
    maintenance: ClusterMaintenance = field(default_factory=ClusterMaintenance)
    security_group: str | None = None
    """The Google group ``gke-security-groups@<domain>``, whose member groups RBAC may then name."""
    labels: Mapping[str, str] = field(default_factory=dict)
    deletion_protection: bool = True

    def __post_init__(self) -> None:
        check_region("cluster", self.region)
        if self.pods_range == self.services_range:
            raise ValueError(f"pods and services both in range {self.pods_range!r}: give each its own")
        if self.security_group and not self.security_group.startswith("gke-security-groups@"):
            raise ValueError(
                f"security_group {self.security_group!r}: GKE takes only gke-security-groups@<domain>"
            )


class Autopilot(Component, token="gcp:Autopilot"):
    """A regional Autopilot cluster without public addresses, encrypted with our own keys.

    Its nodes act as an account of their own that may only write logs and metrics; reading images is granted
    to it where the images are. Vulnerabilities are looked for in the registry: GKE's own scanning has ended
    (https://cloud.google.com/kubernetes-engine/docs/deprecations/posture-management-deprecation). The name in
    Google is Pulumi's own, with a suffix, so that a cluster can be replaced beside its predecessor.
    """

    id: Output[str]
    """``projects/<project>/locations/<region>/clusters/<name>``."""
    name: Output[str]
    endpoint: Output[str]
    """The control plane's private address."""
    workload_pool: Output[str]
    """What identities of Kubernetes accounts begin with, known once they can be granted to."""
    nodes: Output[str]
    """The nodes' account as an IAM member, known before the cluster: it must be able to pull images."""
    kubeconfig: Output[str]
    """Secret; what the Kubernetes provider takes. Known once unwanted images are refused, so that none is
    deployed before."""

    def __init__(self, name: str, args: AutopilotArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        nodes = Identity(f"{name}-nodes", account(args.project, args.node_account), self.child(protect=False))
        cluster = self._cluster(name, args, nodes.email)
        posture = args.project.on(Api.CONTAINER_SECURITY)
        self.id = cluster.id
        self.name = cluster.name
        self.endpoint = cluster.endpoint
        self.workload_pool = after(f"{args.project.id}.svc.id.goog", cluster.id)
        self.nodes = nodes.member
        kubeconfig = args.control_plane.kubeconfig(cluster)
        self.kubeconfig = Output.secret(after(kubeconfig, cluster.id, args.image_policy, posture))
        self.seal()

    def _cluster(self, name: str, args: AutopilotArgs, nodes: Output[str]) -> container.Cluster:
        return container.Cluster(
            name,
            project=after(*map(args.project.on, NEEDED)),
            location=args.region,
            enable_autopilot=True,
            deletion_protection=args.deletion_protection,
            resource_labels=args.labels,
            network=args.network,
            subnetwork=args.subnetwork,
            ip_allocation_policy=_ranges(args),
            private_cluster_config={"enable_private_nodes": True, "enable_private_endpoint": True},
            control_plane_endpoints_config=args.control_plane.endpoints(),
            master_authorized_networks_config=args.control_plane.authorized(),
            master_auth={"client_certificate_config": {"issue_client_certificate": False}},
            anonymous_authentication_config={"mode": "LIMITED"},
            authenticator_groups_config=_groups(args),
            rbac_binding_config=BINDINGS,
            database_encryption={"state": "ENCRYPTED", "key_name": args.secrets_key},
            cluster_autoscaling=machines(nodes, args.disks_key),
            node_pool_auto_config=KUBELET,
            binary_authorization={"evaluation_mode": "PROJECT_SINGLETON_POLICY_ENFORCE"},
            security_posture_config={"mode": "BASIC", "vulnerability_mode": "VULNERABILITY_DISABLED"},
            secret_manager_config=SECRETS,
            secret_sync_config=SYNCED,
            gateway_api_config={"channel": "CHANNEL_STANDARD"},
            addons_config={"gke_backup_agent_config": {"enabled": True}},
            logging_config=LOGS,
            monitoring_config=METRICS,
            cost_management_config={"enabled": True},
            release_channel={"channel": args.channel.value},
            maintenance_policy=args.maintenance.policy(),
            notification_config=notices(args.notices),
            opts=self.child(),
        )


def _ranges(args: AutopilotArgs) -> container.ClusterIpAllocationPolicyArgsDict:
    return {
        "cluster_secondary_range_name": args.pods_range,
        "services_secondary_range_name": args.services_range,
    }


def _groups(args: AutopilotArgs) -> container.ClusterAuthenticatorGroupsConfigArgsDict | None:
    return {"security_group": args.security_group} if args.security_group else None
