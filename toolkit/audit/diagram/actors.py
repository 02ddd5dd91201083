"""Who reads: hospitals, clusters, service accounts, and whoever is outside of the stack."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from policies.kinds import ACCOUNT, CLUSTER
from toolkit.audit.diagram.model import Node, Zone
from toolkit.audit.places import HOME
from toolkit.audit.reading import References, text
from toolkit.audit.stores import Reader
from toolkit.audit.words import diagram, plain
from toolkit.graph import Graph, Resource

NODES: Final = "clusterAutoscaling.autoProvisioningDefaults.serviceAccount"
SITE: Final = "site-"
"""What the account of a hospital's own cluster begins with."""

ONPREM: Final = "prontuario:onprem:"

AGENT: Final = ("gcp-sa-", "gs-project-accounts", "container-engine-robot", "compute-system")
"""Google's own services; they act for the stores themselves."""

SEVERAL: Final = 8
"""So many service accounts or outsiders are drawn one by one."""


class Actors:
    """Which node stands for which reader. Only those who read something are drawn."""

    def __init__(self, graph: Graph, references: References, zones: Sequence[Zone]) -> None:
        self._graph = graph
        self._sites = self._of_sites(graph.exports.get("site_identities"))
        self._nodes = {
            account.urn: f"cluster:{each.urn}"
            for each in graph.resources.values()
            if each.type == CLUSTER and (account := references.target(each, NODES, ACCOUNT))
        }
        self._internet = any(node.id == "nat" for zone in zones for node in zone.nodes)
        self._public = False
        self._identities: dict[str, Node] = {}
        self._outside: dict[str, Node] = {}

    def of(self, reader: Reader) -> str:
        """The node of a reader; empty for Google's own services."""
        if reader.public:
            self._public = True
            return "everybody"
        if reader.account:
            return self._of_account(self._graph.resources[reader.account])
        if not reader.member or any(mark in reader.member for mark in AGENT):
            return ""
        node = f"member:{reader.member}"
        kind, _, name = reader.member.partition(":")
        self._outside.setdefault(node, Node(id=node, title=plain(name or kind), sub=diagram.MEMBER))
        return node if node in [*self._outside][:SEVERAL] else ""

    def outside(self) -> Iterator[Zone]:
        """The hospitals, then everybody else, then the internet."""
        for site, urn in sorted(self._sites.items()):
            zone = Zone(
                id=f"site:{site}",
                sort="site",
                title=diagram.SITE.then(plain(site)),
                sub=diagram.SITE_SUB.fill(country=HOME),
            )
            zone.nodes.append(
                Node(id=f"site:{site}", title=diagram.SITE_NODE, sub=plain(f"{SITE}{site}"), urns=[urn])
            )
            zone.nodes += [*self._machines()] if site == min(self._sites) else []
            yield zone
        others = [*self._outside.values()][:SEVERAL]
        yield Zone(id="outside", sort="outside", title=diagram.OUTSIDE, sub=plain(""), nodes=others)
        nodes = [
            node
            for there, node in (
                (self._public, Node(id="everybody", title=diagram.EVERYBODY, sub=diagram.ANONYMOUS)),
                (self._internet, Node(id="internet", title=diagram.DESTINATIONS, sub=diagram.OUTGOING)),
            )
            if there
        ]
        yield Zone(id="internet", sort="outside", title=diagram.INTERNET, sub=plain(""), nodes=nodes)

    def identities(self) -> Iterator[Zone]:
        """The service accounts that are neither a hospital's nor a cluster's."""
        nodes = [*self._identities.values()][:SEVERAL]
        yield Zone(id="identities", sort="identities", title=diagram.IDENTITIES, sub=plain(""), nodes=nodes)

    def _of_account(self, account: Resource) -> str:
        site = next((site for site, urn in self._sites.items() if urn == account.urn), "")
        if site:
            return f"site:{site}"
        if node := self._nodes.get(account.urn):
            return node
        node = f"account:{account.urn}"
        name = text(account, "accountId") or account.name
        said = Node(id=node, title=plain(name), sub=diagram.IDENTITY, urns=[account.urn])
        self._identities.setdefault(node, said)
        return node

    def _of_sites(self, exported: object) -> dict[str, str]:
        """Hospitals by name: the account of each."""
        named = {str(name) for name in exported} if isinstance(exported, Mapping) else set()
        found = {}
        for resource in self._graph.resources.values():
            name = text(resource, "accountId") if resource.type == ACCOUNT else ""
            site = name.removeprefix(SITE)
            if name.startswith(SITE) and (not named or site in named):
                found[site] = resource.urn
        return found

    def _machines(self) -> Iterator[Node]:
        """What runs on the hospital's own machines, as far as the stack builds it."""
        for resource in sorted(self._graph.resources.values(), key=lambda one: one.urn):
            if resource.type.startswith(ONPREM):
                name = resource.name
                yield Node(
                    id=f"onprem:{resource.urn}",
                    title=plain(name),
                    sub=plain(resource.type.removeprefix(ONPREM)),
                    urns=[resource.urn],
                )
