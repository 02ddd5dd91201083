"""The picture of a graph: zones from its networks, places and sites; flows from its grants and copies."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from policies.kinds import BACKUP_PLAN, CLUSTER, CRYPTO_KEY, SECRET, TOPIC
from policies.kinds import DATABASE as INSTANCE
from toolkit.audit.diagram.actors import Actors
from toolkit.audit.diagram.model import Flow, Node, Scene, Zone
from toolkit.audit.diagram.network import network_zones
from toolkit.audit.diagram.places import Shelves
from toolkit.audit.diagram.sites import Sites, merged
from toolkit.audit.reading import References, number, text
from toolkit.audit.stores import Store
from toolkit.audit.stores.keeping import DAY
from toolkit.audit.stores.onsite import Onsite
from toolkit.audit.words import diagram, plain
from toolkit.graph import Graph, Resource

__all__ = ["Flow", "Node", "Scene", "Zone", "scene"]

LINKS: Final[Mapping[str, tuple[str, str]]] = {
    BACKUP_PLAN: ("cluster", CLUSTER),
    INSTANCE: ("masterInstanceName", INSTANCE),
}
"""What is a copy of something else, and the property that says of what."""


def scene(graph: Graph, stores: Sequence[Store], references: References) -> Scene:
    """The picture of ``graph``; the same graph gives the same picture."""
    home = _home(graph, stores)
    zones = network_zones(graph, references)
    shelves = Shelves(stores, home)
    places = Sites(graph, references, stores)
    actors = Actors(graph, references, zones, places)
    flows = [*_reads(stores, shelves, actors), *_copies(graph, stores, references, shelves)]
    flows += [*_notices(graph, references, shelves)]
    zones = [*actors.outside(), *zones, *actors.identities(), *shelves.zones(), *_keys(graph)]
    zones = merged(zones, {site: zone for zone in zones if (site := _site(zone)) in places.names})
    project = next((text(each, "project") for each in graph.resources.values() if _is_cloud(each)), "")
    clouds = [spot for store in stores if not store.onsite for spot in store.spots]
    country = next((spot.country for spot in clouds if spot.country), "")
    zones = [zone for zone in zones if zone.nodes]
    flows += [*_egress(zones), *places.flows(zones)]
    return Scene(project=project, country=country, zones=zones, flows=_unique(flows, zones))


def _site(zone: Zone) -> str:
    return zone.id.removeprefix("site:") if zone.sort == "site" else ""


def _is_cloud(resource: Resource) -> bool:
    return resource.type == "pulumi:providers:gcp"


def _home(graph: Graph, stores: Sequence[Store]) -> str:
    """The region in which most of the stack is."""
    if isinstance(region := graph.exports.get("region"), str):
        return region
    for resource in graph.resources.values():
        if _is_cloud(resource) and (region := text(resource, "region")):
            return region
    counted = Counter(spot.location for store in stores for spot in store.spots)
    return min(counted, key=lambda place: (-counted[place], place), default="")


def _reads(stores: Sequence[Store], shelves: Shelves, actors: Actors) -> Iterator[Flow]:
    """Who can read which store."""
    for store in stores:
        for reader in store.readers if not store.onsite else ():
            if actor := actors.of(reader):
                target = shelves.node_of(store.urn)
                yield Flow(source=actor, target=target, means="access", detail=reader.role)


def _copies(
    graph: Graph, stores: Sequence[Store], references: References, shelves: Shelves
) -> Iterator[Flow]:
    """Replicas, backups of databases in another place, backups of clusters."""
    onsite = Onsite(graph, references)
    for store in stores:
        for bucket in onsite.copied_to(graph.resources[store.urn]):
            source, target = shelves.node_of(store.urn), shelves.node_of(bucket.urn)
            yield Flow(source=source, target=target, means="copy", detail="backups")
        link = LINKS.get(store.type)
        resource = graph.resources[store.urn]
        if link and link[0] in resource.inputs:
            origin = references.target(resource, link[0], link[1])
            if origin:
                source, target = shelves.node_of(origin.urn), shelves.node_of(store.urn)
                yield Flow(source=source, target=target, means="copy", detail=link[0])
        for target in shelves.copies_of(store.urn):
            source = shelves.node_of(store.urn)
            yield Flow(source=source, target=target, means="copy", detail="backupConfiguration")


def _notices(graph: Graph, references: References, shelves: Shelves) -> Iterator[Flow]:
    """Which secrets and clusters tell a topic."""
    for resource in graph.resources.values():
        path = {SECRET: "topics[0].name", CLUSTER: "notificationConfig.pubsub.topic"}.get(resource.type)
        topic = references.target(resource, path, TOPIC) if path else None
        if topic:
            source, target = shelves.node_of(resource.urn), shelves.node_of(topic.urn)
            yield Flow(source=source, target=target, means="notice", detail=str(path).partition("[")[0])


def _egress(zones: Sequence[Zone]) -> Iterator[Flow]:
    """What leaves for the internet."""
    nodes = {node.id for zone in zones for node in zone.nodes}
    if {"nat", "internet"} <= nodes:
        yield Flow(source="nat", target="internet", means="egress", detail="routerNat")


def _keys(graph: Graph) -> Iterator[Zone]:
    """All keys as one node: which key is whose stands in the table of stores."""
    keys = [each for each in graph.resources.values() if each.type == CRYPTO_KEY]
    if not keys:
        return
    periods = {number(key, "rotationPeriod") for key in keys}
    period = next(iter(periods)) if len(periods) == 1 else None
    sub = diagram.KEYS_SUB if period else diagram.KEYS_PLAIN
    told = sub.fill(count=len(keys), days=f"{(period or 0) / DAY:.6g}")
    node = Node(id="keys", title=plain("Cloud KMS"), sub=told, urns=[key.urn for key in keys])
    yield Zone(id="keys", sort="keys", title=diagram.KEYS, sub=plain(""), nodes=[node])


def _unique(flows: Sequence[Flow], zones: Sequence[Zone]) -> list[Flow]:
    """One flow for each pair and means, between nodes that are there; the order is the picture's own."""
    there = {node.id: index for index, node in enumerate(node for zone in zones for node in zone.nodes)}
    kept: dict[tuple[str, str, str], Flow] = {}
    for flow in flows:
        if flow.source in there and flow.target in there and flow.source != flow.target:
            kept.setdefault((flow.source, flow.target, flow.means), flow)
    return sorted(kept.values(), key=lambda flow: (there[flow.source], there[flow.target], flow.means))
