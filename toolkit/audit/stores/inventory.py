"""Every store of a graph with what an auditor asks about it."""

from collections.abc import Iterator
from typing import Final

from policies.kinds import BACKUP_PLAN, CLUSTER, CRYPTO_KEY
from policies.kinds import DATABASE as INSTANCE
from toolkit.audit.declared import entries
from toolkit.audit.hospitals import Hospitals
from toolkit.audit.places import country_of, spelled
from toolkit.audit.reading import References, at, each, text
from toolkit.audit.stores.access import Access
from toolkit.audit.stores.keys import key_of
from toolkit.audit.stores.kinds import KINDS, Kind, copies_of, label_of, place_of
from toolkit.audit.stores.model import Key, Reader, Spot, Store
from toolkit.audit.stores.onsite import ONSITE, Onsite
from toolkit.audit.words import Said, stores
from toolkit.graph import Graph, Resource
from toolkit.values import Unknown

ORDER: Final = ("patient", "deidentified", "", "internal", "public")


def inventory(graph: Graph, references: References) -> list[Store]:
    """The graph's stores, the most sensitive first; what nobody classified may be sensitive as well."""
    access = Access(graph, references)
    reader = _Reader(graph, references, access)
    found = [reader.store(each) for each in graph.resources.values() if each.type in KINDS]
    return sorted(
        found, key=lambda store: (_rank(store.classification), store.kind.en, store.name, store.urn)
    )


def _rank(classification: str) -> int:
    return ORDER.index(classification) if classification in ORDER else ORDER.index("")


class _Reader:
    """Reads one store after the other."""

    def __init__(self, graph: Graph, references: References, access: Access) -> None:
        self._graph = graph
        self._references = references
        self._access = access
        self._plans = self._backed_up()
        self._onsite = Onsite(graph, references)
        self._hospitals = Hospitals(graph)
        self._declared = {entry["store"]: entry.get("classification", "") for entry in entries(graph)}

    def store(self, resource: Resource) -> Store:
        """What the resource tells."""
        kind = KINDS[resource.type]
        onsite = resource.type in ONSITE
        own = self._onsite
        return Store(
            urn=resource.urn,
            type=resource.type,
            name=self._name(resource),
            kind=stores.REPLICA if "masterInstanceName" in resource.inputs else kind.word,
            classification=self._class(resource),
            spots=[*self._spots(resource)],
            keys=[*(own.keys(resource) if onsite else self._keys(resource, kind))],
            retention=[*kind.retention(resource), *own.retention(resource)],
            backup=[*kind.backup(resource), *own.backup(resource), *self._copies(resource)],
            readers=self._readers(resource),
            protected=resource.protect,
            otherwise=own.otherwise(resource),
            onsite=onsite,
        )

    def _class(self, resource: Resource) -> str:
        """As its label says, or what it is made of, or at least the stack's data map."""
        own = text(resource, label_of(resource.type)) or self._onsite.label(resource)
        return own or self._declared.get(self._name(resource)) or self._declared.get(resource.name, "")

    def _readers(self, resource: Resource) -> list[Reader]:
        return [*self._access.readers(resource), *self._onsite.readers(resource)]

    def _name(self, resource: Resource) -> str:
        names = ("name", "secretId", "repositoryId", "datasetId", "bucketId", "metadata.name")
        known = next((found for path in names if (found := text(resource, path))), "")
        return known or resource.name

    def _spots(self, resource: Resource) -> Iterator[Spot]:
        if resource.type in ONSITE:
            site = self._hospitals.of(resource)
            yield Spot(location=site, country=self._hospitals.country(site))
            return
        path = place_of(resource.type)
        own = [place for place in each(resource, path) if isinstance(place, str)] if path else []
        for place in own or [self._provider_region(resource)]:
            yield self._spot(place, backup=resource.type == BACKUP_PLAN)
        copies = copies_of(resource.type)
        if copies and (place := text(resource, copies)):
            yield self._spot(place, backup=True)

    def _spot(self, place: str, *, backup: bool) -> Spot:
        return Spot(location=spelled(place), country=country_of(place), backup=backup)

    def _provider_region(self, resource: Resource) -> str:
        provider = self._graph.resources.get(resource.provider)
        return text(provider, "region") if provider and resource.type == INSTANCE else ""

    def _keys(self, resource: Resource, kind: Kind) -> Iterator[Key]:
        for path in kind.keys:
            value = at(resource, path)
            if not value:
                continue
            if found := self._references.target(resource, path, CRYPTO_KEY):
                yield key_of(found)
            elif not isinstance(value, Unknown):
                yield Key(name=str(value))

    def _backed_up(self) -> dict[str, Resource]:
        """The backup plan of each cluster."""
        plans = [each for each in self._graph.resources.values() if each.type == BACKUP_PLAN]
        clusters = [(self._references.target(plan, "cluster", CLUSTER), plan) for plan in plans]
        return {cluster.urn: plan for cluster, plan in clusters if cluster}

    def _copies(self, resource: Resource) -> Iterator[Said]:
        """A cluster's backup plan, and what a replica is a copy of."""
        if plan := self._plans.get(resource.urn):
            yield stores.COPIED.fill(name=self._name(plan))
        if "masterInstanceName" in resource.inputs:
            primary = self._references.target(resource, "masterInstanceName", INSTANCE)
            name = self._name(primary) if primary else text(resource, "masterInstanceName")
            yield stores.REPLICA_OF.fill(name=name)
