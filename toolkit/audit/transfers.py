"""The data map: what the stack declares, held against the stores that are there (LGPD art. 33 and 37)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from toolkit.audit.places import HOME, country_of, spelled
from toolkit.audit.stores import Store
from toolkit.audit.words import Said, law, plain
from toolkit.graph import Graph
from toolkit.urn import Urn
from toolkit.values import Default


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """Data of one kind in one place."""

    store: str
    classification: str
    location: str
    country: str
    basis: Said
    mechanism: Said
    source: Said
    """Whether the stack declares it, and whether that is true."""
    declared: bool
    urn: str = ""

    @property
    def transfer(self) -> Literal["home", "transfer", "unknown"]:
        """Whether the data leaves the country."""
        if not self.country:
            return "unknown"
        return "home" if self.country == HOME else "transfer"


def data_map(graph: Graph, stores: Sequence[Store]) -> list[Line]:
    """Every declared line in its order, then what the graph holds and nobody declared."""
    meant = [(entry, _meant(entry, stores)) for entry in _entries(graph)]
    declared = {store.urn for _, store in meant if store}
    lines = [_declared(entry, store) for entry, store in meant]
    return lines + [line for store in stores if store.urn not in declared for line in _found(store)]


def _entries(graph: Graph) -> Iterator[Mapping[str, str]]:
    """The stack's own data map, as far as it is one."""
    listed = graph.exports.get("data_map")
    listed = listed.value if isinstance(listed, Default) else listed
    for entry in listed if isinstance(listed, list | tuple) else ():
        if isinstance(entry, Mapping) and isinstance(entry.get("store"), str):
            yield {str(key): value for key, value in entry.items() if isinstance(value, str)}


def _meant(entry: Mapping[str, str], stores: Sequence[Store]) -> Store | None:
    """The store that an entry speaks of; of several with its name, the one with its class and place."""
    place = spelled(entry.get("location", ""))
    named = [store for store in stores if _same(entry["store"], place, store)]
    alike = [store for store in named if store.classification == entry.get("classification")]
    return next(iter(alike or named), None)


def _declared(entry: Mapping[str, str], store: Store | None) -> Line:
    place = spelled(entry.get("location", ""))
    found = sorted({spot.location for spot in store.spots}) if store else []
    wrong = store is not None and place not in found and not _about_copies(entry["store"], store)
    elsewhere = law.ELSEWHERE.fill(declared=place, found=", ".join(found))
    country = entry.get("country") or country_of(place)
    return Line(
        store=entry["store"],
        classification=entry.get("classification", ""),
        location=place,
        country=country,
        basis=_basis(entry),
        mechanism=_mechanism(entry, country),
        source=elsewhere if wrong else law.DECLARED,
        declared=True,
        urn=store.urn if store else "",
    )


def _found(store: Store) -> Iterator[Line]:
    """The places of a store that no entry speaks of."""
    for spot in store.spots:
        yield Line(
            store=store.name,
            classification=store.classification,
            location=spot.location,
            country=spot.country,
            basis=law.BASES.get(store.classification, law.UNKNOWN_BASIS),
            mechanism=_needed(store.classification, spot.country),
            source=law.FOUND,
            declared=False,
            urn=store.urn,
        )


def _same(name: str, place: str, store: Store) -> bool:
    """Whether an entry means this store: by its name, or by its component's beginning in the same place."""
    urn = Urn.parsed(store.urn)
    if name in {store.name, urn.name}:
        return True
    begins = urn.name.startswith(name.partition("-")[0]) and "-" in name
    return begins and any(place == spot.location for spot in store.spots)


def _about_copies(name: str, store: Store) -> bool:
    return name not in {store.name, Urn.parsed(store.urn).name}


def _basis(entry: Mapping[str, str]) -> Said:
    if own := entry.get("legal_basis"):
        return plain(own)
    return law.BASES.get(entry.get("classification", ""), law.UNKNOWN_BASIS)


def _mechanism(entry: Mapping[str, str], country: str) -> Said:
    if own := entry.get("mechanism"):
        return plain(own)
    return _needed(entry.get("classification", ""), country)


def _needed(classification: str, country: str) -> Said:
    """What a transfer needs; data that is about nobody needs nothing."""
    if not country:
        return law.NAME_PLACE
    return law.NO_MECHANISM if country == HOME or classification == "public" else law.MECHANISM
