"""What a rule can demand: of each resource, of the stack, and of resources that belong together."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from policies.checks import Check
from policies.kinds import WORKLOADS
from policies.path import found, opened, steps
from policies.rule import Break, Edit, Evidence
from policies.subjects import Subject, Ties, of, stack_urn
from toolkit.graph import Graph, Resource
from toolkit.values import Unknown

OTHER: Final = "another-one"
"""A reference to nothing of the stack."""


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
class Never:
    """The stack has none of ``these``."""

    these: Subject
    given: Subject
    wanted: str

    def examine(self, graph: Graph) -> Iterator[Evidence]:
        """Each one that is there, at fault; or, where there might be one, the stack itself."""
        there = [*self.these.select(graph)]
        for each in there:
            yield Evidence(each.urn, self.these.word, each.name, self.wanted)
        if not there and next(self.given.select(graph), None):
            yield Evidence(stack_urn(graph), self.these.word, "none")

    def breaks(self, graph: Graph) -> Iterator[Break]:
        """One of them put in."""
        kind = min(self.these.types)
        if next(self.given.select(graph), None):
            urn = f"urn:pulumi:{graph.stack}::{graph.project}::{kind}::{OTHER}"
            yield Break(urn, (Edit(urn, value=Resource(urn=urn, type=kind, name=OTHER, custom=True)),))


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
        ties = Ties.of(self.by.select(graph), self.through)
        for resource in self.subject.select(graph):
            those = ", ".join(each.name for each in ties.to(resource))
            fault = "" if those else f"no {self.by.word} names it at {self.through}; {self.wanted}"
            yield Evidence(resource.urn, tie, those or None, fault)

    def breaks(self, graph: Graph) -> Iterator[Break]:
        """What names it taken out, made another thing, or pointed elsewhere."""
        ties = Ties.of(self.by.select(graph), self.through)
        top = str(steps(self.through)[0])
        for resource in self.subject.select(graph):
            those = ties.to(resource)
            if those:
                yield from _spoilt(resource.urn, those, self.by)
                yield Break(resource.urn, tuple(Edit(each.urn, top, OTHER) for each in those))


@dataclass(frozen=True, slots=True)
class Names:
    """Whatever the subject names at ``path`` is one of ``those``."""

    subject: Subject
    path: str
    those: Subject
    wanted: str

    def examine(self, graph: Graph) -> Iterator[Evidence]:
        """What each names."""
        those = [*self.those.select(graph)]
        for resource in self.subject.select(graph):
            value = next(found(resource, self.path))[1]
            ties = Ties.of([resource], self.path)
            if any(ties.to(each) for each in those):
                yield Evidence(resource.urn, self.path, _shown(value, those, ties))
            else:
                fault = f"{self.path} names no such {self.those.word}; {self.wanted}"
                yield Evidence(resource.urn, self.path, value, fault)

    def breaks(self, graph: Graph) -> Iterator[Break]:
        """Another one named, or the named one spoilt."""
        those = [*self.those.select(graph)]
        for resource in self.subject.select(graph):
            ties = Ties.of([resource], self.path)
            named = [each for each in those if ties.to(each)]
            if named:
                yield Break(resource.urn, (Edit(resource.urn, self.path, OTHER),))
                yield from _spoilt(resource.urn, named, self.those)


def on(subject: str | Subject, *checks: Check, only: Callable[[Graph], bool] | None = None) -> Each:
    """Every check on every resource of a type."""
    return Each(subject if isinstance(subject, Subject) else of(subject), checks, only)


def on_pods(
    make: Callable[[str], tuple[Check, ...]], workloads: Mapping[str, str] = WORKLOADS
) -> tuple[Each, ...]:
    """Checks on the pods of every workload; ``make`` is told where the workload describes them."""
    return tuple(on(kind, *make(pod)) for kind, pod in workloads.items())


def exists(these: Subject, given: Subject, wanted: str) -> Exists:
    """One of ``these`` in every stack that has one of ``given``."""
    return Exists(these, given, wanted)


def never(these: Subject, given: Subject, wanted: str) -> Never:
    """None of ``these``; proven in every stack that has one of ``given``."""
    return Never(these, given, wanted)


def matched(subject: Subject, by: Subject, through: str, wanted: str) -> Matched:
    """For each resource of the subject, one that names it."""
    return Matched(subject, by, through, wanted)


def names(subject: Subject, path: str, those: Subject, wanted: str) -> Names:
    """Whatever the subject names at ``path`` is one of ``those``."""
    return Names(subject, path, those, wanted)


def in_prod(graph: Graph) -> bool:
    """Whether this is the stack with patients' data."""
    return graph.stack == "prod"


def _shown(value: object, those: list[Resource], ties: Ties) -> object:
    """What is named; if only the deployment can tell it, the resources that it comes from."""
    named = ", ".join(each.name for each in those if ties.to(each))
    return named if isinstance(opened(value), Unknown) else value


def _spoilt(urn: str, those: list[Resource], subject: Subject) -> Iterator[Break]:
    """``those`` taken out, or changed so that the subject does not take them any more."""
    yield Break(urn, tuple(Edit(each.urn) for each in those))
    for check in subject.where:
        ways = [[*check.counterexamples(next(check.evidence(each)))] for each in those]
        for way in zip(*ways, strict=False):
            yield Break(urn, tuple(Edit(each.urn, *edit) for each, edit in zip(those, way, strict=True)))
