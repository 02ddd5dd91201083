"""What a rule can demand: of each resource, of the stack, and of resources that belong together."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Final

from policies.checks import Check
from policies.path import found, opened, steps
from policies.rule import Break, Edit, Evidence
from toolkit.graph import STACK, Graph, Resource

NAMES: Final = ("name", "accountId", "secretId", "repositoryId", "metadata.name")
"""Inputs by which a resource is called outside of Pulumi."""

OTHER: Final = "another-one"
"""A reference to nothing of the stack."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The resources that a demand looks at."""

    types: frozenset[str]
    """Types; ``*`` stands for any letters."""
    where: tuple[Check, ...] = ()
    """What else is known of them."""

    def select(self, graph: Graph) -> Iterator[Resource]:
        """Those that there are."""
        return (each for each in graph.resources.values() if self.fits(each))

    def fits(self, resource: Resource) -> bool:
        """Whether a resource is one of them."""
        return _is(self.types, resource.type) and all(check.met(resource) for check in self.where)

    @property
    def word(self) -> str:
        """What to call one of them."""
        return " or ".join(sorted(kind.rpartition(":")[2] for kind in self.types))


@dataclass(frozen=True, slots=True)
class Each:
    """Every resource of the subject meets every check."""

    subject: Subject
    checks: tuple[Check, ...]
    only: Callable[[Graph], bool] | None = None
    """The stacks that this is asked of."""

    def examine(self, graph: Graph) -> Iterator[Evidence]:
        """What each says at the path of each check."""
        if self.only and not self.only(graph):
            return
        for resource in self.subject.select(graph):
            for check in self.checks:
                yield from check.evidence(resource)

    def breaks(self, graph: Graph) -> Iterator[Break]:
        """Every counterexample at every path where a check holds."""
        if self.only and not self.only(graph):
            return
        for resource in self.subject.select(graph):
            for check in self.checks:
                for evidence in check.evidence(resource):
                    if not evidence.fault:
                        for path, value in check.counterexamples(evidence):
                            yield Break(resource.urn, (Edit(resource.urn, path, value),))


@dataclass(frozen=True, slots=True)
class Exists:
    """The stack has one of ``these`` as soon as it has one of ``given``."""

    these: Subject
    given: Subject
    wanted: str

    def examine(self, graph: Graph) -> Iterator[Evidence]:
        """The ones there are, or the stack itself at fault."""
        if next(self.given.select(graph), None) is None:
            return
        there = [*self.these.select(graph)]
        if not there:
            fault = f"the stack has no such {self.these.word}; {self.wanted}"
            yield Evidence(stack_urn(graph), self.these.word, None, fault)
        for each in there:
            yield Evidence(each.urn, self.these.word, each.name)

    def breaks(self, graph: Graph) -> Iterator[Break]:
        """All of them taken out, or each made another thing than is asked for."""
        there = [*self.these.select(graph)]
        if there and next(self.given.select(graph), None):
            yield from _spoilt(stack_urn(graph), there, self.these)


@dataclass(frozen=True, slots=True)
class Matched:
    """Every resource of the subject has one of ``by`` that names it at the path ``through``."""

    subject: Subject
    by: Subject
    through: str
    wanted: str

    def examine(self, graph: Graph) -> Iterator[Evidence]:
        """What names each, or that nothing does."""
        tie = f"{self.by.word}.{self.through}"
        candidates = [*self.by.select(graph)]
        for resource in self.subject.select(graph):
            those = [each.name for each in candidates if refers(each, self.through, resource)]
            fault = "" if those else f"no {self.by.word} names it by {self.through}; {self.wanted}"
            yield Evidence(resource.urn, tie, ", ".join(those) or None, fault)

    def breaks(self, graph: Graph) -> Iterator[Break]:
        """What names it taken out, made another thing, or pointed elsewhere."""
        for resource in self.subject.select(graph):
            those = [each for each in self.by.select(graph) if refers(each, self.through, resource)]
            if those:
                yield from _spoilt(resource.urn, those, self.by)
                top = str(steps(self.through)[0])
                yield Break(resource.urn, tuple(Edit(each.urn, top, OTHER) for each in those))


def of(*types: str, where: Check | tuple[Check, ...] = ()) -> Subject:
    """The resources of these types; with ``where``, those that are known to be so."""
    return Subject(frozenset(types), where if isinstance(where, tuple) else (where,))


def on(subject: str | Subject, *checks: Check, only: Callable[[Graph], bool] | None = None) -> Each:
    """Every check on every resource of a type."""
    return Each(subject if isinstance(subject, Subject) else of(subject), checks, only)


def exists(these: Subject, given: Subject, wanted: str) -> Exists:
    """One of ``these`` in every stack that has one of ``given``."""
    return Exists(these, given, wanted)


def matched(subject: Subject, by: Subject, through: str, wanted: str) -> Matched:
    """For each resource of the subject, one that names it."""
    return Matched(subject, by, through, wanted)


def refers(resource: Resource, path: str, target: Resource) -> bool:
    """Whether ``resource`` names ``target`` at ``path``: by an output of it, or by its name written out."""
    if target.urn in resource.property_dependencies.get(str(steps(path)[0]), ()):
        return True
    called = {str(name) for key in NAMES for name in [opened(next(found(target, key))[1])] if name}
    values = [opened(value) for _, value in found(resource, path)]
    texts = [text for value in values for text in (value if isinstance(value, list) else [value])]
    return any(isinstance(text, str) and text.rpartition("/")[2] in called for text in texts)


def stack_urn(graph: Graph) -> str:
    """The URN of the stack itself; empty when the graph does not hold it."""
    return next((each.urn for each in graph.resources.values() if each.type == STACK), "")


def _spoilt(urn: str, those: list[Resource], subject: Subject) -> Iterator[Break]:
    """``those`` taken out, or changed so that the subject does not take them any more."""
    yield Break(urn, tuple(Edit(each.urn) for each in those))
    for check in subject.where:
        ways = [[*check.counterexamples(next(check.evidence(each)))] for each in those]
        for way in zip(*ways, strict=False):
            yield Break(urn, tuple(Edit(each.urn, *edit) for each, edit in zip(those, way, strict=True)))


def _is(types: frozenset[str], kind: str) -> bool:
    return kind in types or _like(types, kind)


@cache
def _like(types: frozenset[str], kind: str) -> bool:
    return any("*" in pattern and fnmatchcase(kind, pattern) for pattern in types)
