"""Networks and clusters as zones and nodes."""

from collections.abc import Iterator
from typing import Final

from policies.kinds import CLUSTER, NETWORK, SUBNET
from toolkit.audit.diagram.model import Node, Zone
from toolkit.audit.hospitals import Hospitals
from toolkit.audit.reading import References, text
from toolkit.audit.words import diagram, plain
from toolkit.graph import Graph, Resource

NAT: Final = "gcp:compute/routerNat:RouterNat"
ADDRESS: Final = "gcp:compute/address:Address"
GATEWAYS: Final = (
    "gcp:compute/haVpnGateway:HaVpnGateway",
    "gcp:compute/instance:Instance",
    "gcp:compute/instanceGroupManager:InstanceGroupManager",
    "gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager",
)
KUBERNETES: Final = "pulumi:providers:kubernetes"

SUBNETS: Final = 4
"""So many subnets are drawn."""


def gateways(graph: Graph) -> list[Resource]:
    """What stands at the cloud's end of tunnels."""
    return _ByType(graph)(*GATEWAYS)


def network_zones(graph: Graph, references: References) -> list[Zone]:
    """One zone for each network, and one for clusters that stand in none of them."""
    of = _ByType(graph)
    zones = [
        Zone(
            id=f"network:{each.urn}",
            sort="network",
            title=diagram.VPC,
            sub=plain(text(each, "name") or each.name),
        )
        for each in of(NETWORK)
    ]
    loose = Zone(id="clusters", sort="network", title=diagram.CLUSTERS, sub=plain(""))
    placed = {zone.id: zone for zone in zones}
    for cluster in of(CLUSTER):
        network = references.target(cluster, "network", NETWORK)
        zone = placed.get(f"network:{network.urn}", loose) if network else (zones[0] if zones else loose)
        zone.nodes.append(_node(f"cluster:{cluster.urn}", cluster))
    hospitals = Hospitals(graph)
    there = {each.provider for each in graph.resources.values() if hospitals.of(each)}
    loose.nodes += [_kubernetes(each, graph) for each in of(KUBERNETES) if each.urn not in there]
    if zones:
        zones[0].nodes += [*_inside(of)]
    return [*zones, loose]


class _ByType:
    """A graph's resources of a type, in the order of their addresses."""

    def __init__(self, graph: Graph) -> None:
        self._of: dict[str, list[Resource]] = {}
        for resource in graph.resources.values():
            self._of.setdefault(resource.type, []).append(resource)

    def __call__(self, *kinds: str) -> list[Resource]:
        return sorted((each for kind in kinds for each in self._of.get(kind, ())), key=lambda one: one.urn)


def _inside(of: _ByType) -> Iterator[Node]:
    """Gateways, the way out, and subnets."""
    for gateway in of(*GATEWAYS):
        name = plain(text(gateway, "name") or gateway.name)
        yield Node(id=f"gateway:{gateway.urn}", title=name, sub=diagram.GATEWAY, urns=[gateway.urn])
    if nats := of(NAT):
        fixed = [each for each in of(ADDRESS) if text(each, "addressType") != "INTERNAL"]
        sub = diagram.NAT.fill(count=len(fixed))
        yield Node(id="nat", title=plain("Cloud NAT"), sub=sub, urns=[each.urn for each in nats])
    for subnet in of(SUBNET)[:SUBNETS]:
        sub = diagram.SUBNET.then(plain(text(subnet, "ipCidrRange")), " ")
        name = plain(text(subnet, "name") or subnet.name)
        yield Node(id=f"subnet:{subnet.urn}", title=name, sub=sub, urns=[subnet.urn])


def _node(node: str, cluster: Resource) -> Node:
    name = text(cluster, "name") or cluster.name
    kind = (
        diagram.CLUSTER.then(plain("Autopilot")) if cluster.inputs.get("enableAutopilot") else diagram.CLUSTER
    )
    return Node(id=node, title=plain(name), sub=kind, urns=[cluster.urn])


def _kubernetes(provider: Resource, graph: Graph) -> Node:
    """A cluster that the stack only fills."""
    held = [each.urn for each in graph.resources.values() if each.provider == provider.urn]
    sub = diagram.OBJECTS.fill(count=len(held)) if len(held) > 1 else diagram.CLUSTER
    name = text(provider, "context") or provider.name
    return Node(id=f"cluster:{provider.urn}", title=plain(name), sub=sub, urns=[provider.urn])
