"""Demands on where things are: stores in the countries that are allowed, keys beside what they encrypt."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from policies.kinds import CRYPTO_KEY, KEY_RING
from policies.path import found, inner, opened, steps
from policies.rule import Break, Edit, Evidence
from policies.subjects import stack_urn
from policies.telling import fault
from toolkit.graph import Graph, Resource
from toolkit.values import UNKNOWN, Secret, Unknown

RESIDENCY: Final = "residency"
"""The stack's output that lists the countries in which data may lie."""

DATA_MAP: Final = "data_map"
"""The stack's output that says what lies where, and in which country."""

ELSEWHERE: Final = "moon-north1"


@dataclass(frozen=True, slots=True)
class Resident:
    """Every place of a store stands in the stack's data map, in a country that the stack allows."""

    places: Mapping[str, str]
    """Where each type says where it is; it must."""
    copies: Mapping[str, str]
    """Where each type says where its copies are; it may."""

    def examine(self, graph: Graph) -> Iterator[Evidence]:
        """Each place, with its country."""
        there = [each for each in graph.resources.values() if each.type in self.places]
        if not there:
            return
        allowed = _list(graph.exports.get(RESIDENCY))
        if not allowed:
            silent = f"the stack does not say where data may lie; export {RESIDENCY} as a list of countries"
            yield Evidence(stack_urn(graph), f"outputs.{RESIDENCY}", None, silent)
            return
        countries = _countries(graph)
        for resource in there:
            for at, value in self._places(resource):
                yield _placed(resource, at, value, (countries, allowed))

    def breaks(self, graph: Graph) -> Iterator[Break]:
        """Each place moved to where nobody allowed it; and the list of countries forgotten or shortened."""
        there = [each for each in graph.resources.values() if each.type in self.places]
        for resource in there:
            for at, value in self._places(resource):
                if isinstance(value, str):
                    yield Break(resource.urn, (Edit(resource.urn, at, ELSEWHERE),))
                    yield Break(resource.urn, (Edit("", RESIDENCY, ["AQ"]),))
        if there:
            yield Break(stack_urn(graph), (Edit("", RESIDENCY, []),))

    def _places(self, resource: Resource) -> Iterator[tuple[str, object]]:
        for at, value in found(resource, self.places[resource.type]):
            yield at, value
        copies = self.copies.get(resource.type)
        for at, value in found(resource, copies) if copies else ():
            if value is not None:
                yield at, value


@dataclass(frozen=True, slots=True)
class Mapped:
    """The stack's data map has a line for the class and the place of every classified resource."""

    labels: Mapping[str, str]
    """Where each type says its class."""
    places: Mapping[str, str]
    """Where each type says its place; what has none is not looked at."""

    def examine(self, graph: Graph) -> Iterator[Evidence]:
        """The class of each resource at each of its places."""
        lines = {
            (inner(line, "classification"), str(inner(line, "location")).lower())
            for line in _list(graph.exports.get(DATA_MAP))
        }
        for resource, label in self._labelled(graph):
            for _, place in found(resource, self.places[resource.type]):
                where = opened(place)
                if isinstance(where, str):
                    missing = (opened(label), where.lower()) not in lines
                    wanted = f"{DATA_MAP} has no line for such data in that place, so add it"
                    path = self.labels[resource.type]
                    yield Evidence(resource.urn, path, label, fault(path, label, wanted) if missing else "")

    def breaks(self, graph: Graph) -> Iterator[Break]:
        """The map emptied, and each class changed behind its back."""
        for resource, _ in self._labelled(graph):
            if any(isinstance(opened(at), str) for _, at in found(resource, self.places[resource.type])):
                yield Break(resource.urn, (Edit("", DATA_MAP, []),))
                yield Break(resource.urn, (Edit(resource.urn, self.labels[resource.type], "forgotten"),))

    def _labelled(self, graph: Graph) -> Iterator[tuple[Resource, object]]:
        for resource in graph.resources.values():
            if resource.type in self.labels and resource.type in self.places:
                label = next(found(resource, self.labels[resource.type]))[1]
                if opened(label) and not isinstance(opened(label), Unknown):
                    yield resource, label


@dataclass(frozen=True, slots=True)
class KeyNear:
    """Every key lies where the resource is that it encrypts."""

    places: Mapping[str, tuple[str, str]]
    """For each type: the path of the key, and that of the place."""

    def examine(self, graph: Graph) -> Iterator[Evidence]:
        """The place of each resource's key."""
        for resource in graph.resources.values():
            paths = self.places.get(resource.type)
            if paths is None:
                continue
            key, place = (next(found(resource, path))[1] for path in paths)
            if key is not None:
                yield _near(graph, resource, paths, (key, place))

    def breaks(self, graph: Graph) -> Iterator[Break]:
        """Each key replaced by one from elsewhere, and each key ring moved."""
        for resource in graph.resources.values():
            paths = self.places.get(resource.type)
            if paths and opened(next(found(resource, paths[0]))[1]) is not None:
                far = f"projects/p/locations/{ELSEWHERE}/keyRings/r/cryptoKeys/k"
                yield Break(resource.urn, (Edit(resource.urn, paths[0], far),))
                yield Break(resource.urn, (Edit(resource.urn, paths[1], ELSEWHERE),))


def _near(
    graph: Graph, resource: Resource, paths: tuple[str, str], values: tuple[object, object]
) -> Evidence:
    key, place = values
    found_there = _ring_place(graph, resource, paths[0], opened(key))
    there = opened(found_there)
    if isinstance(opened(place), Unknown) or isinstance(there, Unknown):
        return Evidence(resource.urn, paths[0], UNKNOWN)
    near = str(there).lower() == str(opened(place)).lower()
    if any(isinstance(value, Secret) for value in (key, place, found_there)):
        return Evidence(resource.urn, paths[0], Secret(key), "" if near else "take a key from where this is")
    far = f"{paths[0]} lies in {there}, and this in {place}; take a key from there"
    return Evidence(resource.urn, paths[0], f"in {there}", "" if near else far)


def _placed(
    resource: Resource, path: str, value: object, law: tuple[Mapping[str, str], list[object]]
) -> Evidence:
    countries, allowed = law
    if isinstance(opened(value), Unknown):
        return Evidence(resource.urn, path, UNKNOWN)
    country = countries.get(str(opened(value)).lower())
    lands = " or ".join(map(str, allowed))
    if country in allowed:
        hidden = isinstance(value, Secret)
        return Evidence(resource.urn, path, value if hidden else f"{value}, {country}")
    if value is None:
        wanted = f"name a place in {lands}"
    elif country is None:
        wanted = f"name one that {DATA_MAP} knows, or add a line to it"
    else:
        wanted = f"that is in {country}, and data may only lie in {lands}"
    return Evidence(resource.urn, path, value, fault(path, value, wanted))


def _countries(graph: Graph) -> Mapping[str, str]:
    lines = _list(graph.exports.get(DATA_MAP))
    return {str(inner(line, "location")).lower(): str(inner(line, "country")) for line in lines}


def _list(value: object) -> list[object]:
    plain = opened(value)
    return [opened(item) for item in plain] if isinstance(plain, list | tuple) else []


def _ring_place(graph: Graph, resource: Resource, path: str, key: object) -> object:
    """Where a key lies: as its id says, or as the ring does that it comes from."""
    parts = key.split("/") if isinstance(key, str) else []
    if "locations" in parts[:-1]:
        return parts[parts.index("locations") + 1]
    for made in _from(graph, resource, path, CRYPTO_KEY):
        for ring in _from(graph, made, "keyRing", KEY_RING):
            return ring.inputs.get("location")
    return UNKNOWN


def _from(graph: Graph, resource: Resource, path: str, kind: str) -> Iterator[Resource]:
    """The resources of a type from which a property comes."""
    for urn in resource.property_dependencies.get(str(steps(path)[0]), ()):
        made = graph.resources.get(urn)
        if made and made.type == kind:
            yield made
