"""Every store of a graph with what an auditor asks about it."""

from collections.abc import Iterator
from typing import Final

from policies.kinds import BACKUP_PLAN, CLUSTER, CRYPTO_KEY
from policies.kinds import DATABASE as INSTANCE
from toolkit.audit.places import country_of, spelled
from toolkit.audit.reading import References, at, each, text
from toolkit.audit.stores.access import Access
from toolkit.audit.stores.kinds import KINDS, Kind, copies_of, label_of, place_of
from toolkit.audit.stores.model import Key, Spot, Store
from toolkit.audit.words import Said, stores
from toolkit.graph import Graph, Resource
from toolkit.values import Unknown

DAY: Final = 86400
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

    def store(self, resource: Resource) -> Store:
        """What the resource tells."""
        kind = KINDS[resource.type]
        return Store(
            urn=resource.urn,
            type=resource.type,
            name=self._name(resource),
            kind=stores.REPLICA if "masterInstanceName" in resource.inputs else kind.word,
            classification=text(resource, label_of(resource.type)),
            spots=[*self._spots(resource)],
            keys=[*self._keys(resource, kind)],
            retention=[*kind.retention(resource)],
            backup=[*kind.backup(resource), *self._copies(resource)],
            readers=self._access.readers(resource),
            protected=resource.protect,
        )

    def _name(self, resource: Resource) -> str:
        names = ("name", "secretId", "repositoryId", "datasetId", "bucketId", "metadata.name")
        known = next((found for path in names if (found := text(resource, path))), "")
        return known or resource.name

    def _spots(self, resource: Resource) -> Iterator[Spot]:
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
                yield self._key(found)
            elif not isinstance(value, Unknown):
                yield Key(name=str(value))

    def _key(self, key: Resource) -> Key:
        seconds = text(key, "rotationPeriod").removesuffix("s")
        return Key(
            name=text(key, "name") or key.name,
            urn=key.urn,
            rotation_days=float(seconds) / DAY if seconds.replace(".", "", 1).isdigit() else None,
            hardware=text(key, "versionTemplate.protectionLevel") == "HSM",
        )

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
