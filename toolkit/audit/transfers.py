"""The data map: what the stack declares, held against the stores that are there (LGPD art. 33 and 37)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from policies.kinds import DATABASE_CLUSTER, STORAGE_CLASS, VOLUME_CLAIM
from toolkit.audit.declared import entries
from toolkit.audit.hospitals import LOCAL
from toolkit.audit.places import HOME, country_of, spelled
from toolkit.audit.stores import Store
from toolkit.audit.stores.onsite import K3S, VAULT
from toolkit.audit.words import Said, law, plain
from toolkit.graph import Graph
from toolkit.urn import Urn

PARTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "k3s": (K3S,),
        "database": (DATABASE_CLUSTER,),
        "vault": (VAULT,),
        "volumes": (STORAGE_CLASS, VOLUME_CLAIM),
    }
)
"""What a line that is called after a hospital and a part of it speaks of."""


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
    def transfer(self) -> Literal["home", "transfer", "unknown", "local"]:
        """Whether the data leaves the country; what a developer's machine holds never leaves that."""
        if self.location == LOCAL:
            return "local"
        if not self.country:
            return "unknown"
        return "home" if self.country == HOME else "transfer"


def data_map(graph: Graph, stores: Sequence[Store]) -> list[Line]:
    """Every declared line in its order, then what the graph holds and nobody declared."""
    meant = [(entry, _meant(entry, stores)) for entry in entries(graph)]
    declared = {store.urn for _, store in meant if store}
    declared |= {store.urn for entry, _ in meant for store in stores if _part(entry, store)}
    lines = [_declared(entry, store) for entry, store in meant]
    return lines + [line for store in stores if store.urn not in declared for line in _found(store)]


def _meant(entry: Mapping[str, str], stores: Sequence[Store]) -> Store | None:
    """The store that an entry speaks of; of several that begin so, the one with its class and place."""
    place = spelled(entry.get("location", ""))
    kinds = PARTS.get(entry["store"].rpartition("-")[2], ())
    exact = [store for store in stores if _is(entry, store)]
    exact.sort(key=lambda store: kinds.index(store.type) if store.type in kinds else len(kinds))
    named = exact or [store for store in stores if _same(entry["store"], place, store)]
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
            basis=law.NOBODYS if spot.location == LOCAL else _base(store.classification),
            mechanism=law.NO_MECHANISM
            if spot.location == LOCAL
            else _needed(store.classification, spot.country),
            source=law.FOUND,
            declared=False,
            urn=store.urn,
        )


def _same(name: str, place: str, store: Store) -> bool:
    """Whether an entry may mean this store: by its component's beginning in the same place."""
    urn = Urn.parsed(store.urn)
    begins = urn.name.startswith(name.partition("-")[0]) and "-" in name
    return begins and any(place == spot.location for spot in store.spots)


def _is(entry: Mapping[str, str], store: Store) -> bool:
    return entry["store"] in {store.name, Urn.parsed(store.urn).name} or _part(entry, store)


def _part(entry: Mapping[str, str], store: Store) -> bool:
    """Whether an entry means this part of a hospital."""
    place, _, part = entry["store"].rpartition("-")
    here = place == entry.get("location") and any(spot.location == place for spot in store.spots)
    return here and store.type in PARTS.get(part, ())


def _about_copies(name: str, store: Store) -> bool:
    return not store.onsite and name not in {store.name, Urn.parsed(store.urn).name}


def _basis(entry: Mapping[str, str]) -> Said:
    if own := entry.get("legal_basis"):
        return plain(own)
    return _base(entry.get("classification", ""))


def _base(classification: str) -> Said:
    return law.BASES.get(classification, law.UNKNOWN_BASIS)


def _mechanism(entry: Mapping[str, str], country: str) -> Said:
    if own := entry.get("mechanism"):
        return plain(own)
    return _needed(entry.get("classification", ""), country)


def _needed(classification: str, country: str) -> Said:
    """What a transfer needs; data that is about nobody needs nothing."""
    if not country:
        return law.NAME_PLACE
    return law.NO_MECHANISM if country == HOME or classification == "public" else law.MECHANISM
