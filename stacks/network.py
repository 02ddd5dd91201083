"""The network of the cloud side, from the address plan."""

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Output, ResourceOptions

from components.cloud.firewall import Firewall, FirewallArgs
from components.cloud.googleapis import GoogleApis, GoogleApisArgs
from components.cloud.nat import Nat, NatArgs
from components.cloud.network import Network, NetworkArgs, Subnet
from components.cloud.private_services import PrivateServices, PrivateServicesArgs
from components.cloud.project import Project
from components.cloud.rules import SiteRanges
from settings import CARE, Cloud, Settings


@dataclass(frozen=True, kw_only=True, slots=True)
class CloudNetwork:
    """The network and what can be placed in it."""

    id: Output[str]
    subnets: Mapping[str, Output[str]]
    private_services: Output[str]
    """The range in which Google's managed services get their addresses, by name."""
    egress: Mapping[str, Output[str]]
    """The fixed addresses from which the cloud side reaches the internet."""


def build_network(settings: Settings, cloud: Cloud, project: Project, where: ResourceOptions) -> CloudNetwork:
    """Network, way out, firewall, private services and private names."""
    network = Network(
        "core", NetworkArgs(project=project, region=cloud.region, subnets=_subnets(settings, cloud)), where
    )
    nat = Nat(
        "nat",
        NatArgs(
            project=project,
            region=cloud.region,
            network=network.id,
            subnets={"nodes": network.subnets["nodes"]},
            addresses="abcd"[: CARE[settings.environment].nat_addresses],
            labels=settings.labels,
        ),
        where,
    )
    Firewall("firewall", _firewall(settings, cloud, project, network), where)
    GoogleApis(
        "names", GoogleApisArgs(project=project, network=network.id, inbound=bool(settings.sites)), where
    )
    private = PrivateServices(
        "private-services",
        PrivateServicesArgs(
            project=project,
            network=network.id,
            network_name=network.name,
            range=cloud.network.private_services,
            export_routes=bool(settings.sites),
        ),
        where,
    )
    return CloudNetwork(
        id=network.id, subnets=network.subnets, private_services=private.range_name, egress=nat.addresses
    )


def _subnets(settings: Settings, cloud: Cloud) -> Mapping[str, Subnet]:
    """The clusters' subnet, and the gateways' where a hospital is to be reached."""
    ranges = cloud.network
    nodes = Subnet(range=ranges.nodes, secondary={"pods": ranges.pods, "services": ranges.services})
    return {"nodes": nodes, "gateways": Subnet(range=ranges.gateways)} if settings.sites else {"nodes": nodes}


def _firewall(settings: Settings, cloud: Cloud, project: Project, network: Network) -> FirewallArgs:
    ranges = cloud.network
    return FirewallArgs(
        project=project,
        network=network.id,
        cloud=[ranges.nodes, ranges.gateways, ranges.pods, ranges.services],
        private_services=ranges.private_services,
        sites={
            site.name: SiteRanges(number=site.number, ranges=[site.lan, site.pods, site.services])
            for site in settings.sites
        },
    )
