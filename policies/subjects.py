"""Which resources a demand looks at, and which resources name others."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from heapq import merge
from operator import itemgetter
from typing import Final, Self

from policies.checks import Check
from policies.path import found, opened, steps
from toolkit.graph import STACK, Graph, Resource
from toolkit.values import Secret

NAMES: Final = ("name", "accountId", "secretId", "repositoryId", "metadata.name")
"""Inputs by which a resource is called outside of Pulumi."""

WORD: Final = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Subject:
    """The resources that a demand looks at."""

    types: frozenset[str]
    """Types; ``*`` stands for any letters."""
    where: tuple[Check, ...] = ()
    """What else is known of them."""
    named: "tuple[Subject, str] | None" = None
    """If it matters: who must name them, and at which path."""

    def select(self, graph: Graph) -> Iterator[Resource]:
        """Those that there are."""
        there = (each for each in self._of_types(graph) if all(check.met(each) for check in self.where))
        if self.named is None:
            return there
        by, through = self.named
        ties = Ties.of(by.select(graph), through)
        return (each for each in there if ties.to(each))

    def _of_types(self, graph: Graph) -> Iterator[Resource]:
        """Those of its types, in the order of their registration."""
        typed = graph.typed()
        if any("*" in kind for kind in self.types):
            found = [typed[kind] for kind in typed if _like(self.types, kind)]
        else:
            found = [typed[kind] for kind in self.types if kind in typed]
        for _, resource in found[0] if len(found) == 1 else merge(*found, key=itemgetter(0)):
            yield resource

    @property
    def word(self) -> str:
        """What to call one of them."""
        return " or ".join(sorted(kind.rpartition(":")[2] for kind in self.types))


@dataclass(frozen=True, slots=True)
class Ties:
    """Resources by what they name: by the URNs that their outputs come from, and by words written out."""

    by: Mapping[str, list[Resource]]

    @classmethod
    def of(cls, resources: Iterable[Resource], path: str) -> Self:
        """What each names at ``path``."""
        by: dict[str, list[Resource]] = {}
        top = str(steps(path)[0])
        for resource in resources:
            words = {word for _, value in found(resource, path) for word in _words(opened(value))}
            for target in {*resource.property_dependencies.get(top, ()), *words}:
                by.setdefault(target, []).append(resource)
        return cls(by)

    def to(self, target: Resource) -> list[Resource]:
        """The resources that name ``target``."""
        keys = [target.urn, *(opened(value) for key in NAMES for _, value in found(target, key))]
        tied = (each for key in keys if isinstance(key, str) for each in self.by.get(key, ()))
        return list({each.urn: each for each in tied}.values())


def of(
    *types: str, where: Check | tuple[Check, ...] = (), named: tuple[Subject, str] | None = None
) -> Subject:
    """The resources of these types; with ``where``, those that are known to be so."""
    return Subject(frozenset(types), where if isinstance(where, tuple) else (where,), named)


def stack_urn(graph: Graph) -> str:
    """The URN of the stack itself; empty when the graph does not hold it."""
    return next((each.urn for each in graph.resources.values() if each.type == STACK), "")


def _words(value: object) -> Iterator[str]:
    match value:
        case str():
            yield from WORD.findall(value)
        case Mapping():
            for item in value.values():
                yield from _words(opened(item))
        case list() | tuple():
            for item in value:
                yield from _words(opened(item))
        case Secret():
            yield from _words(opened(value))


@cache
def _like(types: frozenset[str], kind: str) -> bool:
    return any(fnmatchcase(kind, pattern) for pattern in types)
