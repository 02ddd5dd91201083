"""The machines of a cluster, as far as Autopilot leaves them to us."""

from typing import Final

from pulumi import Input
from pulumi_gcp import container

from components.cloud.access.identity import IdentityArgs
from components.cloud.project import Project

ROLE: Final = "roles/container.defaultNodeServiceAccount"
"""Writes logs and metrics, and nothing else
(https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#use_least_privilege_sa)."""

KUBELET: Final[container.ClusterNodePoolAutoConfigArgsDict] = {
    "node_kubelet_config": {"insecure_kubelet_readonly_port_enabled": "FALSE"}  # a text: GKE takes no false
}


def account(project: Project, account_id: str) -> IdentityArgs:
    """The account that nodes act as; reading images is granted to it where the images are."""
    return IdentityArgs(
        project=project,
        account_id=account_id,
        display_name="Nodes of the Autopilot cluster",
        roles=[ROLE],
    )


def machines(email: Input[str], disks_key: Input[str]) -> container.ClusterClusterAutoscalingArgsDict:
    """Account and disks of the nodes.

    In ``node_config`` they would replace the cluster at every deployment
    (hashicorp/terraform-provider-google#23550, pulumi/pulumi-gcp#2247).
    """
    return {"auto_provisioning_defaults": {"service_account": email, "boot_disk_kms_key": disks_key}}
