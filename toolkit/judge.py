"""The verdict on a graph: what would be refused, and which rules it keeps or breaks."""

import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from toolkit.graph import Graph

if TYPE_CHECKING:
    from policies.rule import Evidence, Rule, Severity
    from policies.waivers import Waiver

Status: TypeAlias = Literal["fail", "unknown", "waived", "pass", "not applicable"]

INPUT: Final = "input"
"""The rule that the engine and the providers enforce themselves."""

WAIVER: Final = "waiver"
"""The rule that waivers are needed and have not expired."""

WORST: Final[Sequence[Status]] = ("fail", "unknown", "waived", "pass")
"""Of several findings, the first of these decides."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Violation:
    """One resource that breaks one rule."""

    rule: str
    severity: "Severity"
    urn: str
    message: str
    controls: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of evidence, and the waiver that accepts it if it is a fault."""

    evidence: "Evidence"
    waiver: "Waiver | None" = None

    @property
    def status(self) -> Status:
        """What it says."""
        return "waived" if self.waiver else self.evidence.status


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """Everything that one rule found."""

    rule: "Rule"
    findings: Sequence[Finding] = ()
    error: str = ""
    """What the rule itself raised, and where; it has then proven nothing."""

    @property
    def status(self) -> Status:
        """The worst that was found; not applicable when there was nothing to look at."""
        return "fail" if self.error else _worst({finding.status for finding in self.findings})

    @property
    def resources(self) -> Mapping[str, Status]:
        """The worst of each resource, by URN."""
        found: dict[str, set[Status]] = {}
        for finding in self.findings:
            found.setdefault(finding.evidence.urn, set()).add(finding.status)
        return {urn: _worst(statuses) for urn, statuses in found.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """What every rule found, and what speaks against the graph."""

    outcomes: Sequence[Outcome] = ()
    violations: Sequence[Violation] = ()
    """Problems of inputs first, then what breaks rules in their order, then waivers that must go."""

    @property
    def refused(self) -> bool:
        """Whether it must not be deployed as it is."""
        return any(violation.severity == "mandatory" for violation in self.violations)


def judge(graph: Graph, rules: Iterable["Rule"], waivers: Sequence["Waiver"], today: date) -> Judgement:
    """Ask every rule. A waiver counts in the stacks that it names, until the end of its last day."""
    there = [waiver for waiver in waivers if waiver.counts(graph)]
    outcomes = [_outcome(graph, rule, [each for each in there if today <= each.expires]) for rule in rules]
    violations = [
        *_problems(graph),
        *(broken for outcome in outcomes for broken in _violations(outcome)),
        *(stale for waiver in there for stale in _stale(waiver, graph, outcomes, today)),
    ]
    return Judgement(outcomes=outcomes, violations=violations)


def _worst(statuses: set[Status]) -> Status:
    return next((status for status in WORST if status in statuses), "not applicable")


def _problems(graph: Graph) -> Iterator[Violation]:
    for problem in graph.problems:
        message = f"{problem.path}: {problem.message}" if problem.path else problem.message
        yield Violation(rule=INPUT, severity="mandatory", urn=problem.urn, message=message)


def _outcome(graph: Graph, rule: "Rule", waivers: Sequence["Waiver"]) -> Outcome:
    """What one rule finds. A rule that fails itself has proven nothing; the others must still be asked."""
    mine = [waiver for waiver in waivers if waiver.rule == rule.id]
    findings = []
    try:
        for evidence in rule.examine(graph):
            findings.append(Finding(evidence, _waiver(evidence, mine, graph) if evidence.fault else None))  # noqa: PERF401 - what was found before it fell over counts
    except Exception as error:  # noqa: BLE001 - whatever a rule raises
        return Outcome(rule=rule, findings=findings, error=_failed(error))
    return Outcome(rule=rule, findings=findings)


def _failed(error: Exception) -> str:
    """What kind of error it was, and where; its text could hold a value of the graph, even a secret."""
    *_, last = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"


def _waiver(evidence: "Evidence", waivers: Sequence["Waiver"], graph: Graph) -> "Waiver | None":
    resource = graph.resources.get(evidence.urn)
    return next((each for each in waivers if resource and each.covers(each.rule, resource)), None)


def _violations(outcome: Outcome) -> Iterator[Violation]:
    rule = outcome.rule
    for finding in outcome.findings:
        if finding.status == "fail":
            yield _broken(rule, finding.evidence.urn, finding.evidence.fault)
    if outcome.error:
        yield _broken(rule, "", f"the rule itself failed and checked nothing more: {outcome.error}")


def _broken(rule: "Rule", urn: str, message: str) -> Violation:
    return Violation(rule=rule.id, severity=rule.severity, urn=urn, message=message, controls=rule.controls)


def _stale(waiver: "Waiver", graph: Graph, outcomes: Sequence[Outcome], today: date) -> Iterator[Violation]:
    """Why a waiver must go, if it must."""
    named = f"the waiver of {waiver.rule} for {waiver.resource}"
    if today > waiver.expires:
        message = f"{named} expired on {waiver.expires}: mend the fault, or have the risk accepted anew"
    elif not _needed(waiver, graph, outcomes):
        message = f"{named} is not needed in {graph.stack}: take it out of policies/waivers.py"
    else:
        return
    yield Violation(rule=WAIVER, severity="mandatory", urn="", message=message)


def _needed(waiver: "Waiver", graph: Graph, outcomes: Sequence[Outcome]) -> bool:
    """Whether it accepts a fault, or could: a value that is not known yet may turn out to be one.

    An elective one may also wait for its resource.
    """
    for outcome in outcomes:
        for finding in outcome.findings if outcome.rule.id == waiver.rule else ():
            resource = graph.resources.get(finding.evidence.urn)
            doubtful = finding.status in {"waived", "unknown", "fail"}
            if doubtful and resource and waiver.covers(waiver.rule, resource):
                return True
    return waiver.elective and not any(waiver.covers(waiver.rule, each) for each in graph.resources.values())
