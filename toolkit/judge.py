"""The verdict on a graph: what would be refused, and which rules it breaks."""

import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from toolkit.graph import Graph

if TYPE_CHECKING:
    from policies.rule import Rule

INPUT = "input"
"""The rule that the engine and the providers enforce themselves."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Violation:
    """One resource that breaks one rule."""

    rule: str
    severity: Literal["mandatory", "advisory"]
    urn: str
    message: str
    controls: Sequence[str] = ()


def judge(graph: Graph, rules: Iterable["Rule"]) -> list[Violation]:
    """Every problem of the graph, then every violation of ``rules`` in their order."""
    return [*_problems(graph), *(found for rule in rules for found in _violations(graph, rule))]


def _problems(graph: Graph) -> Iterator[Violation]:
    for problem in graph.problems:
        message = f"{problem.path}: {problem.message}" if problem.path else problem.message
        yield Violation(rule=INPUT, severity="mandatory", urn=problem.urn, message=message)


def _violations(graph: Graph, rule: "Rule") -> Iterator[Violation]:
    """What one rule finds. A rule that fails itself has proven nothing, so that is a violation as well."""
    about = {"rule": rule.id, "severity": rule.severity, "controls": rule.controls}
    try:
        for urn, message in rule.check(graph):
            yield Violation(urn=urn, message=message, **about)
    except Exception as error:  # noqa: BLE001 - whatever a rule raises, the others must still be asked
        message = f"the rule itself failed and checked nothing more: {_failed(error)}"
        yield Violation(urn="", message=message, **about)


def _failed(error: Exception) -> str:
    """What kind of error it was, and where; its text could hold a value of the graph, even a secret."""
    *_, last = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
