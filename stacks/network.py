"""The network of the cloud side, from the address plan."""

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Output

from components.cloud.network.firewall import Firewall, FirewallArgs
from components.cloud.network.googleapis import GoogleApis, GoogleApisArgs
from components.cloud.network.nat import Nat, NatArgs
from components.cloud.network.private_services import PrivateServices, PrivateServicesArgs
from components.cloud.network.rules import SiteRanges
from components.cloud.network.vpc import Network, NetworkArgs, Subnet
from stacks.ground import Ground


@dataclass(frozen=True, kw_only=True, slots=True)
class CloudNetwork:
    """The network and what can be placed in it."""

    id: Output[str]
    subnets: Mapping[str, Output[str]]
    for_services: Output[str]
    """The network's id, known once Google's managed services can be placed in it."""
    services_range: Output[str]
    """The range in which they get their addresses, by name."""
    egress: Mapping[str, Output[str]]
    """The fixed addresses from which the cloud side reaches the internet."""
    firewall: Firewall
    names: GoogleApis


def build_network(ground: Ground) -> CloudNetwork:
    """Network, way out, firewall, private services and private names."""
    project, where, joined = ground.project, ground.where, bool(ground.settings.sites)
    subnets = _subnets(ground)
    network = Network(
        "core", NetworkArgs(project=project, region=ground.cloud.region, subnets=subnets), where
    )
    nat = Nat("nat", _nat(ground, network), where)
    firewall = Firewall("firewall", _firewall(ground, network), where)
    names = GoogleApis("names", GoogleApisArgs(project=project, network=network.id, inbound=joined), where)
    private = PrivateServices("private-services", _private_services(ground, network), where)
    return CloudNetwork(
        id=network.id,
        subnets=network.subnets,
        for_services=private.network,
        services_range=private.range_name,
        egress=nat.addresses,
        firewall=firewall,
        names=names,
    )


def _subnets(ground: Ground) -> Mapping[str, Subnet]:
    """The clusters' subnet, and the gateways' where a hospital is to be reached."""
    ranges = ground.cloud.network
    nodes = Subnet(range=ranges.nodes, secondary={"pods": ranges.pods, "services": ranges.services})
    if not ground.settings.sites:
        return {"nodes": nodes}
    return {"nodes": nodes, "gateways": Subnet(range=ranges.gateways)}


def _nat(ground: Ground, network: Network) -> NatArgs:
    return NatArgs(
        project=ground.project,
        region=ground.cloud.region,
        network=network.id,
        subnets={"nodes": network.subnets["nodes"]},
        addresses="abcd"[: ground.care.nat_addresses],
        labels=ground.settings.labels,
    )


def _firewall(ground: Ground, network: Network) -> FirewallArgs:
    ranges = ground.cloud.network
    return FirewallArgs(
        project=ground.project,
        network=network.id,
        cloud=[ranges.nodes, ranges.gateways, ranges.pods, ranges.services],
        private_services=ranges.private_services,
        sites={
            site.name: SiteRanges(number=site.number, ranges=[site.lan, site.pods, site.services])
            for site in ground.settings.sites
        },
    )


def _private_services(ground: Ground, network: Network) -> PrivateServicesArgs:
    return PrivateServicesArgs(
        project=ground.project,
        network=network.id,
        network_name=network.name,
        range=ground.cloud.network.private_services,
        export_routes=bool(ground.settings.sites),
        disposable=not ground.care.protect,
    )
