"""Who reaches the control plane of a cluster, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Network
from typing import Final

from pulumi import Input, Output
from pulumi_gcp import container

PRIVATE: Final = (*map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")),)
"""The ranges that nobody announces on the internet (RFC 1918, RFC 6598)."""

PLUGIN: Final = "gke-gcloud-auth-plugin"
"""Google's own, which asks for a token where it is needed; no token and no key is ever written down."""


class Reach(StrEnum):
    """From where the control plane can be asked at all. It never has a public address."""

    PRIVATE = "private"
    """From the named private ranges only: whoever deploys must be inside."""
    IAM = "iam"
    """Also by its DNS name, over Google's front ends: from anywhere, by those whom IAM lets connect
    (``container.clusters.connect``). For pipelines on machines that are not ours."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlPlane:
    """The ways to the control plane."""

    reach: Reach
    ranges: Mapping[str, IPv4Network]
    """By name: who may ask its private address. The cluster's own nodes always may."""

    def __post_init__(self) -> None:
        for name, range_ in self.ranges.items():
            if not any(range_.subnet_of(private) for private in PRIVATE):
                raise ValueError(
                    f"range {name} ({range_}) is not private: the control plane has no public address, "
                    "name ranges of the network or of a site, or set reach to Reach.IAM"
                )

    def endpoints(self) -> container.ClusterControlPlaneEndpointsConfigArgsDict:
        """Both endpoints, the DNS name open to the outside only if asked for."""
        return {
            "dns_endpoint_config": {
                "allow_external_traffic": self.reach is Reach.IAM,
                "enable_k8s_tokens_via_dns": False,
                "enable_k8s_certs_via_dns": False,
            },
            "ip_endpoints_config": {"enabled": True},
        }

    def authorized(self) -> container.ClusterMasterAuthorizedNetworksConfigArgsDict:
        """The named ranges and no others: neither Google Cloud's public ones nor the rest of the network."""
        return {
            "cidr_blocks": [
                {"display_name": name, "cidr_block": str(range_)}
                for name, range_ in sorted(self.ranges.items())
            ],
            "gcp_public_cidrs_access_enabled": False,
            "private_endpoint_enforcement_enabled": True,
        }

    def kubeconfig(self, cluster: container.Cluster) -> Output[str]:
        """The text of a kubeconfig for whoever has credentials of Google's in their environment.

        By the DNS name the certificate is one that everybody trusts; by the address it is the cluster's own.
        """
        if self.reach is Reach.IAM:
            return _kubeconfig(
                cluster.name, cluster.control_plane_endpoints_config.dns_endpoint_config.endpoint, {}
            )
        authority = {"certificate-authority-data": cluster.master_auth.cluster_ca_certificate}
        return _kubeconfig(cluster.name, cluster.endpoint, authority)


def _kubeconfig(name: Input[str], host: Input[str], authority: Mapping[str, Input[str]]) -> Output[str]:
    login = {
        "apiVersion": "client.authentication.k8s.io/v1beta1",
        "command": PLUGIN,
        "args": ["--use_application_default_credentials"],
        "interactiveMode": "Never",
        "provideClusterInfo": True,
        "installHint": f"install it with: gcloud components install {PLUGIN}",
    }
    return Output.json_dumps(
        {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [
                {"name": name, "cluster": {"server": Output.format("https://{0}", host), **authority}}
            ],
            "contexts": [{"name": name, "context": {"cluster": name, "user": name}}],
            "current-context": name,
            "users": [{"name": name, "user": {"exec": login}}],
        }
    )
