"""The offline preview: record, compare, judge."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from policies.rules import RULES
from toolkit.baseline import Baseline, Promise
from toolkit.compare import Change, compare, refusals
from toolkit.graph import Graph
from toolkit.inputs import check
from toolkit.judge import Violation, judge


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """What deploying a program would do, and what speaks against it."""

    graph: Graph
    changes: Sequence[Change]
    violations: Sequence[Violation] = ()
    rules: int = 0
    """How many rules were asked."""
    baseline: Baseline | None = None
    seconds: float = 0.0

    @property
    def refused(self) -> bool:
        """Whether it must not be deployed as it is."""
        return any(violation.severity == "mandatory" for violation in self.violations)


def preview(record: Callable[[], Graph], promise: Promise | None, *, started: float) -> Preview:
    """Record the program, check its inputs, compare it with the promised baseline, and ask every rule.

    ``started`` is the moment of ``time.perf_counter`` from which its seconds count.
    """
    graph = record()
    graph.problems += check(graph)
    old = promise() if promise else None
    changes = compare(graph, old.graph if old else None)
    if old and old.binds(graph):
        graph.problems += refusals(changes)
    return Preview(
        graph=graph,
        changes=changes,
        violations=judge(graph, RULES),
        rules=len(RULES),
        baseline=old,
        seconds=time.perf_counter() - started,
    )
