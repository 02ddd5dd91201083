"""Controls, the rules that serve them, and the evidence that the rules found."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from toolkit.audit.discretion import Discretion
from toolkit.audit.words import Said, matrix
from toolkit.graph import Graph
from toolkit.judge import Finding, Judgement, Outcome, Status

if TYPE_CHECKING:
    from policies.controls import Control

STATUSES: Final[Sequence[Status]] = ("fail", "unknown", "waived", "pass", "not applicable")
"""The worst first; of several, the first decides."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """One property of one resource: what stands there, and what that says."""

    urn: str
    type: str
    name: str
    path: str
    value: str
    status: Status
    fault: str = ""
    waiver: str = ""
    """The reason of the waiver, if it is accepted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleRow:
    """One rule and everything that it found, the worst first."""

    id: str
    title: Said
    severity: str
    controls: Sequence[str]
    status: Status
    error: str
    pieces: Sequence[Piece]

    @property
    def counts(self) -> Mapping[Status, int]:
        """How many pieces of evidence say what; without what never occurs."""
        return counted(piece.status for piece in self.pieces)


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlRow:
    """One control, and what the rules that serve it come to."""

    id: str
    framework: str
    requirement: Said
    status: Status
    rules: Sequence[str]


def counted(statuses: Iterator[Status]) -> Mapping[Status, int]:
    """How often each status occurs, the worst first."""
    found = Counter(statuses)
    return {status: found[status] for status in STATUSES if found[status]}


def worst(statuses: set[Status]) -> Status:
    """What several statuses come to."""
    return next((status for status in STATUSES if status in statuses), "not applicable")


def rule_rows(judgement: Judgement, graph: Graph, discretion: Discretion) -> list[RuleRow]:
    """Every rule that was asked, in its order."""
    return [_rule(outcome, graph, discretion) for outcome in judgement.outcomes]


def _rule(outcome: Outcome, graph: Graph, discretion: Discretion) -> RuleRow:
    rule = outcome.rule
    pieces = [_piece(finding, graph, discretion) for finding in outcome.findings]
    return RuleRow(
        id=rule.id,
        title=Said(rule.title, rule.portuguese),
        severity=rule.severity,
        controls=rule.controls,
        status=outcome.status,
        error=outcome.error,
        pieces=sorted(pieces, key=lambda piece: STATUSES.index(piece.status)),
    )


def _piece(finding: Finding, graph: Graph, discretion: Discretion) -> Piece:
    evidence = finding.evidence
    resource = graph.resources.get(evidence.urn)
    return Piece(
        urn=evidence.urn,
        type=resource.type if resource else "",
        name=resource.name if resource else "",
        path=evidence.path,
        value="" if evidence.value is None else discretion.value(evidence.value),
        status=finding.status,
        fault=evidence.fault,
        waiver=finding.waiver.reason if finding.waiver else "",
    )


def control_rows(rules: Sequence[RuleRow], catalogue: Mapping[str, "Control"]) -> list[ControlRow]:
    """Every control of the catalogue in its order, then those that rules name and it does not hold."""
    serving: dict[str, list[RuleRow]] = {control: [] for control in catalogue}
    for rule in rules:
        for control in rule.controls:
            serving.setdefault(control, []).append(rule)
    return [_control(control, serving[control], catalogue) for control in serving]


def _control(name: str, rules: Sequence[RuleRow], catalogue: Mapping[str, "Control"]) -> ControlRow:
    control = catalogue.get(name)
    return ControlRow(
        id=name,
        framework=control.framework if control else _framework(name),
        requirement=Said(control.english, control.portuguese) if control else matrix.NOT_IN_CATALOGUE,
        status=worst({rule.status for rule in rules}) if rules else "unknown",
        rules=[rule.id for rule in rules],
    )


def _framework(name: str) -> str:
    """What an id begins with: ``CIS GCP`` of ``CIS GCP 3.8``, ``Checkov`` of its ids."""
    return "Checkov" if name.startswith("CKV") else name.rpartition(" ")[0] or name
