"""Stores as nodes: by the place where they lie, many of a kind together."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from policies.kinds import CLUSTER
from toolkit.audit.diagram.model import Node, Zone
from toolkit.audit.places import country_of
from toolkit.audit.stores import Store
from toolkit.audit.words import Said, diagram, plain, stores
from toolkit.urn import Urn

SEVERAL: Final = 4
"""So many stores of one kind and class are drawn one by one; more become one node."""


class Shelves:
    """Which node stands for which store."""

    def __init__(self, found: Sequence[Store], home: str) -> None:
        self._home = home
        self._node: dict[str, str] = {}
        self._copies: dict[str, list[str]] = {}
        self._zones: dict[str, Zone] = {home: self._zone(home)}
        groups: dict[tuple[str, str, str], list[Store]] = {}
        for store in found:
            if store.type == CLUSTER:
                self._node[store.urn] = f"cluster:{store.urn}"
            else:
                key = (_place(store), store.kind.en, store.classification)
                groups.setdefault(key, []).append(store)
        for (place, _, _), alike in groups.items():
            for members in _together(alike):
                self._put(place, members)
        for store in found:
            self._put_copies(store)

    def node_of(self, urn: str) -> str:
        """The node that stands for a store."""
        return self._node.get(urn, "")

    def copies_of(self, urn: str) -> Sequence[str]:
        """The nodes of a store's backups in another place."""
        return self._copies.get(urn, ())

    def zones(self) -> Iterator[Zone]:
        """The home region first, then the others by name."""
        yield self._zones[self._home]
        yield from (zone for place, zone in sorted(self._zones.items()) if place != self._home)

    def _put(self, place: str, members: Sequence[Store]) -> None:
        node = _node(members)
        self._zone_at(place).nodes.append(node)
        for store in members:
            self._node[store.urn] = node.id

    def _put_copies(self, store: Store) -> None:
        for spot in store.spots:
            if spot.backup and spot.location != _place(store):
                node = f"copies:{spot.location}:{store.classification}"
                zone = self._zone_at(spot.location)
                self._copies.setdefault(store.urn, []).append(node)
                if node not in {each.id for each in zone.nodes}:
                    sub = _class(store.classification)
                    zone.nodes.append(
                        Node(
                            id=node,
                            title=diagram.COPIES,
                            sub=sub,
                            tone=store.classification,
                            urns=[store.urn],
                        )
                    )

    def _zone_at(self, place: str) -> Zone:
        return self._zones.setdefault(place, self._zone(place))

    def _zone(self, place: str) -> Zone:
        here = place == self._home
        sort = "managed" if here else "elsewhere"
        title = diagram.MANAGED if here else plain(place) if place else diagram.UNKNOWN_PLACE
        country = country_of(place)
        sub = plain(f"{place}, {country}" if here and country else place if here else country)
        if country == place and not here:
            sub = stores.MULTI_REGION
        return Zone(id=f"place:{place}", sort=sort, title=title, sub=sub)


def _place(store: Store) -> str:
    return next((spot.location for spot in store.spots if not spot.backup), store.spots[0].location)


def _together(alike: Sequence[Store]) -> Iterable[Sequence[Store]]:
    return [[store] for store in alike] if len(alike) <= SEVERAL else [alike]


def _node(members: Sequence[Store]) -> Node:
    first = members[0]
    title = plain(_title(first)) if len(members) == 1 else first.kind
    many = diagram.MANY.fill(count=len(members))
    sub = (first.kind if len(members) == 1 else many).then(_class(first.classification), " · ")
    node = f"store:{first.urn}"
    return Node(
        id=node, title=title, sub=sub, tone=first.classification, urns=[store.urn for store in members]
    )


def _title(store: Store) -> str:
    """A store's name in the program; in a hospital without the hospital's."""
    name = Urn.parsed(store.urn).name
    return name.removeprefix(f"{_place(store)}-") if store.onsite else name


def _class(classification: str) -> Said:
    return stores.CLASSES.get(classification, stores.UNCLASSIFIED)
