"""Who reads: hospitals, clusters, service accounts, and whoever is outside of the stack."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from policies.kinds import ACCOUNT, CLUSTER
from toolkit.audit.diagram.model import Node, Zone
from toolkit.audit.diagram.sites import Sites
from toolkit.audit.hospitals import LOCAL, Hospitals
from toolkit.audit.places import HOME
from toolkit.audit.reading import References, text
from toolkit.audit.stores import Reader
from toolkit.audit.words import diagram, plain
from toolkit.graph import Graph, Resource

NODES: Final = "clusterAutoscaling.autoProvisioningDefaults.serviceAccount"
SITE: Final = "site-"
"""What the account of a hospital's own cluster begins with."""

AGENT: Final = ("gcp-sa-", "gs-project-accounts", "container-engine-robot", "compute-system")
"""Google's own services; they act for the stores themselves."""

SEVERAL: Final = 8
"""So many service accounts or outsiders are drawn one by one."""


class Actors:
    """Which node stands for which reader. Only those who read something are drawn."""

    def __init__(self, graph: Graph, references: References, zones: Sequence[Zone], places: Sites) -> None:
        self._graph = graph
        self._places = places
        self._hospitals = Hospitals(graph)
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
        if cluster := self._places.actor(reader.account):
            return cluster
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
        yield from (self._site(site) for site in sorted({*self._sites, *self._places.names}))
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

    def _site(self, site: str) -> Zone:
        """A hospital, or a developer's machine, with everything that stands there."""
        country = self._hospitals.country(site) or HOME
        title = diagram.LOCAL if site == LOCAL else diagram.SITE.then(plain(site))
        sub = diagram.LOCAL_SUB if site == LOCAL else diagram.SITE_SUB.fill(country=country)
        zone = Zone(id=f"site:{site}", sort="site", title=title, sub=sub)
        if urn := self._sites.get(site):
            node = Node(id=f"site:{site}", title=diagram.SITE_NODE, sub=plain(f"{SITE}{site}"), urns=[urn])
            zone.nodes.append(node)
        self._places.fill(zone, site)
        return zone

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
