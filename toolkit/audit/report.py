"""The report, before anybody writes it down: what the page and the JSON document both say."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from policies.controls import CONTROLS
from policies.rules import RULES
from policies.waivers import WAIVERS, Waiver
from toolkit.audit.changes import Since, changed, turned
from toolkit.audit.diagram import Scene, scene
from toolkit.audit.discretion import Discretion
from toolkit.audit.leaks import Leak
from toolkit.audit.matrix import STATUSES, ControlRow, RuleRow, control_rows, rule_rows
from toolkit.audit.provenance import Provenance
from toolkit.audit.reading import References
from toolkit.audit.secrets import Material, Rotated, material, rotated
from toolkit.audit.stores import Store, inventory
from toolkit.audit.stores.kinds import KINDS
from toolkit.audit.subject import Subject
from toolkit.audit.transfers import Line, data_map
from toolkit.judge import Judgement, Status, Violation, judge

OURS: Final = ("gcp", "kubernetes", "pulumi", "prontuario", "random", "command", "tls")
"""Packages whose resources this report knows how to place."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """One type of resources."""

    type: str
    count: int
    rules: Sequence[str]
    """The rules that found evidence in it."""
    store: bool
    known: bool
    """Whether its package is one that the report knows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A waiver, and how many faults it accepts here."""

    waiver: Waiver
    used: int
    expired: bool


Counts: TypeAlias = Mapping[Status, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """Everything that is told about one subject."""

    project: str
    stack: str
    provenance: Provenance
    resources: int
    controls: Sequence[ControlRow]
    rules: Sequence[RuleRow]
    violations: Sequence[Violation]
    """What speaks against the subject, from the rules and from the engine's own checks."""
    stores: Sequence[Store]
    lines: Sequence[Line]
    secrets: Sequence[Rotated]
    material: Sequence[Material]
    leaks: Sequence[Leak]
    waivers: Sequence[Held]
    scene: Scene
    kinds: Sequence[Kind]
    notes: Sequence[str]
    since: Since | None = None

    @property
    def counts(self) -> Counts:
        """How many controls come to which verdict; every verdict is named."""
        found = Counter(row.status for row in self.controls)
        return {status: found[status] for status in STATUSES}

    @property
    def mandatory(self) -> Sequence[Violation]:
        """What must be mended before the stack may be called sound."""
        return [each for each in self.violations if each.severity == "mandatory"]

    @property
    def refused(self) -> bool:
        """Whether it fails: a mandatory rule is broken, or a secret stands in clear."""
        return bool(self.mandatory or self.leaks)


def report(subject: Subject, previous: Subject | None = None) -> Report:
    """Judge the subject, take stock of it, and compare it with the previous one."""
    graph = subject.graph
    say = Discretion(subject.secrets | (previous.secrets if previous else frozenset()))
    references = References(graph)
    judgement = _judged(subject)
    rules = rule_rows(judgement, graph, say)
    controls = control_rows(rules, CONTROLS)
    stores = inventory(graph, references)
    told = Report(
        project=graph.project,
        stack=graph.stack,
        provenance=subject.provenance,
        resources=len(graph.resources),
        controls=controls,
        rules=rules,
        violations=judgement.violations,
        stores=stores,
        lines=data_map(graph, stores),
        secrets=rotated(graph, stores, references, rules),
        material=[*material(graph)],
        leaks=subject.leaks,
        waivers=_waivers(judgement, subject),
        scene=scene(graph, stores, references),
        kinds=_kinds(subject, rules),
        notes=subject.notes,
        since=_since(subject, previous, controls, say) if previous else None,
    )
    return say.all(told)


def _judged(subject: Subject) -> Judgement:
    return judge(subject.graph, RULES, WAIVERS, subject.provenance.at.date())


def _since(subject: Subject, previous: Subject, controls: Sequence[ControlRow], say: Discretion) -> Since:
    before = control_rows(rule_rows(_judged(previous), previous.graph, say), CONTROLS)
    new, old = subject.graph, previous.graph
    return Since(
        provenance=previous.provenance,
        foreign=(new.project, new.stack) != (old.project, old.stack),
        resources=changed(new, old),
        verdicts=turned(controls, before),
    )


def _waivers(judgement: Judgement, subject: Subject) -> list[Held]:
    used = Counter(
        id(finding.waiver) for outcome in judgement.outcomes for finding in outcome.findings if finding.waiver
    )
    today = subject.provenance.at.date()
    here = [waiver for waiver in WAIVERS if waiver.counts(subject.graph)]
    held = [Held(waiver=each, used=used[id(each)], expired=today > each.expires) for each in here]
    return sorted(held, key=lambda each: each.waiver.expires)


def _kinds(subject: Subject, rules: Sequence[RuleRow]) -> list[Kind]:
    looked: dict[str, dict[str, None]] = {}
    for rule in rules:
        for piece in rule.pieces:
            looked.setdefault(piece.type, {})[rule.id] = None
    counted = Counter(resource.type for resource in subject.graph.resources.values())
    return [
        Kind(
            type=kind,
            count=count,
            rules=[*looked.get(kind, ())],
            store=kind in KINDS,
            known=kind.partition(":")[0] in OURS,
        )
        for kind, count in sorted(counted.items())
    ]
