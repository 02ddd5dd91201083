"""What stands in a hospital: its machines with their duties, and what runs on them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from policies.kinds import ACCOUNT
from policies.path import inner, opened
from toolkit.audit.diagram.model import Flow, Node, Zone
from toolkit.audit.diagram.network import KUBERNETES, gateways
from toolkit.audit.hospitals import LOCAL, Hospitals
from toolkit.audit.reading import References
from toolkit.audit.stores import Store
from toolkit.audit.stores.onsite import COMMAND, K3S, VAULT
from toolkit.audit.words import Said, diagram, plain
from toolkit.graph import STACK, Graph, Resource

NODE: Final = "prontuario:onprem:Node"
ACCELERATOR: Final = "prontuario:onprem:Accelerator"
INFERENCE: Final = "prontuario:onprem:Inference"
LINK: Final = "prontuario:link:"
HMAC: Final = "gcp:storage/hmacKey:HmacKey"
POOL: Final = "gcp:iam/workloadIdentityPool:WorkloadIdentityPool"

DRAWN: Final = frozenset(
    {
        NODE,
        K3S,
        VAULT,
        INFERENCE,
        *(f"prontuario:onprem:{name}" for name in ("Longhorn", "Postgres", "Snapshots")),
    }
)
"""Components that have a node of their own, or whose stores have one."""

SERVER: Final = "/k3s.service"
WORKER: Final = "/k3s-agent.service"
"""What starts on a machine that runs a cluster, and on one that only works in it."""


class Sites:
    """The hospitals of a graph, and a developer's machine."""

    def __init__(self, graph: Graph, references: References, stores: Sequence[Store]) -> None:
        self._graph = graph
        self._references = references
        self._stores = stores
        self._hospitals = Hospitals(graph)
        self._children = graph.children()
        self.names = [*self._hospitals.names, *([LOCAL] if "local" in graph.exports else [])]
        self._k3s = {
            self._hospitals.of(store): f"store:{store.urn}"
            for store in graph.resources.values()
            if store.type == K3S
        }
        self._accounts = {
            account.urn: site
            for key in graph.resources.values()
            if key.type == HMAC and (account := references.target(key, "serviceAccountEmail", ACCOUNT))
            if (site := self._site_of(key.name))
        }

    def actor(self, urn: str) -> str:
        """The node of a hospital's cluster, for a cloud identity that only its pods have."""
        resource = self._graph.resources.get(urn)
        site = self._accounts.get(urn, "")
        if resource and resource.type == POOL:
            site = self._site_of(resource.name)
        return self._k3s.get(site, "")

    def fill(self, zone: Zone, site: str) -> None:
        """Put the machines and what runs on them into the zone of a site."""
        zone.nodes += [*self._machines(site), *self._running(site)]

    def flows(self, zones: Sequence[Zone]) -> Iterator[Flow]:
        """Tunnels to the cloud's gateways, and the key that opens a hospital's Vault."""
        ends = [f"gateway:{each.urn}" for each in gateways(self._graph)]
        there = {node.id for zone in zones for node in zone.nodes}
        for site in self._hospitals.names:
            for machine in self._of(NODE, site):
                if self._joins(machine):
                    for end in ends:
                        yield Flow(source=_node(machine), target=end, means="tunnel", detail="link")
        for store in self._stores:
            if "keys" in there and store.type == VAULT and any(key.urn for key in store.keys):
                yield Flow(source=f"store:{store.urn}", target="keys", means="unseal", detail="cryptoKeyId")

    def _site_of(self, name: str) -> str:
        return next((site for site in self._hospitals.names if name.startswith(f"{site}-")), "")

    def _of(self, kind: str, site: str) -> list[Resource]:
        found = [each for each in self._graph.resources.values() if each.type == kind]
        return sorted((each for each in found if self._hospitals.of(each) == site), key=lambda one: one.urn)

    def _machines(self, site: str) -> Iterator[Node]:
        workers, servers = self._duties(site)
        models = {host for each in self._of(ACCELERATOR, site) for host in self._hosts(each)}
        for machine in self._of(NODE, site):
            name = machine.name.removeprefix(f"{site}-")
            duties = [
                *([diagram.SERVER] if name in servers else []),
                *([diagram.WORKER] if name in workers else []),
                *([diagram.TUNNEL_END] if self._joins(machine) else []),
                *([diagram.MODELS] if models & self._hosts(machine) else []),
            ]
            yield Node(id=_node(machine), title=plain(name), sub=_joined(duties), urns=[machine.urn])

    def _running(self, site: str) -> Iterator[Node]:
        """What runs in the cluster and keeps nothing itself."""
        for each in self._of(INFERENCE, site):
            yield Node(id=_node(each), title=diagram.INFERENCE, sub=plain(each.name), urns=[each.urn])
        others = [
            each
            for each in self._graph.resources.values()
            if each.type.startswith("prontuario:onprem:") and each.type not in DRAWN | {ACCELERATOR}
            if self._hospitals.of(each) == site and self._tops(each)
        ]
        if others:
            names = sorted({each.type.rpartition(":")[2] for each in others})
            urns = sorted(each.urn for each in others)
            yield Node(id=f"services:{site}", title=diagram.SERVICES, sub=plain(", ".join(names)), urns=urns)
        objects = [each.urn for each in self._graph.resources.values() if self._fills(each, site)]
        if objects:
            sub = diagram.OBJECTS.fill(count=len(objects))
            yield Node(id=f"objects:{site}", title=diagram.CLUSTER, sub=sub, urns=objects[:1])

    def _tops(self, component: Resource) -> bool:
        parent = self._graph.resources.get(component.parent)
        return parent is None or parent.type == STACK

    def _fills(self, resource: Resource, site: str) -> bool:
        provider = self._graph.resources.get(resource.provider)
        return provider is not None and provider.type == KUBERNETES and self._hospitals.of(resource) == site

    def _duties(self, site: str) -> tuple[set[str], set[str]]:
        """The machines that work in the cluster, and those that run it, by name."""
        workers, servers = set(), set()
        for cluster in self._of(K3S, site):
            for each in self._children.get(cluster.urn, ()):
                script, name = opened(each.inputs.get("stdin")), each.name.removeprefix(f"{cluster.name}-")
                if each.type == COMMAND and isinstance(script, str) and SERVER in script:
                    servers.add(name)
                elif each.type == COMMAND and isinstance(script, str) and WORKER in script:
                    workers.add(name)
        return workers, servers

    def _hosts(self, component: Resource) -> set[object]:
        """The addresses that a component's scripts go to, as far as anybody can read them."""
        scripts = [each for each in self._children.get(component.urn, ()) if each.type == COMMAND]
        hosts = {inner(opened(each.inputs.get("connection")), "host") for each in scripts}
        return {host for host in hosts if isinstance(host, str)}

    def _joins(self, machine: Resource) -> bool:
        """Whether a machine is handed the keys of a tunnel."""
        scripts = [each for each in self._children.get(machine.urn, ()) if each.type == COMMAND]
        return any(LINK in urn for each in scripts for urn in each.property_dependencies.get("stdin", ()))


def _node(component: Resource) -> str:
    return f"onprem:{component.urn}"


def _joined(duties: Sequence[Said]) -> Said:
    first, *rest = duties or [diagram.MACHINE]
    for duty in rest:
        first = first.then(duty, ", ")
    return first


def merged(zones: Sequence[Zone], homes: Mapping[str, Zone]) -> list[Zone]:
    """The zones without those of places that are hospitals; what lies there stands in the hospital's own."""
    kept = []
    for zone in zones:
        home = homes.get(zone.id.removeprefix("place:"))
        if home and home is not zone:
            first = 1 if home.nodes and home.nodes[0].id == home.id else 0
            home.nodes[first:first] = zone.nodes
        else:
            kept.append(zone)
    return kept
