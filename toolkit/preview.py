"""The offline preview: record, compare, judge."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from policies.rules import RULES
from policies.waivers import WAIVERS
from toolkit.baseline import Baseline, Promise
from toolkit.compare import Change, compare, refusals
from toolkit.graph import Graph
from toolkit.inputs import check
from toolkit.judge import Judgement, Violation, judge


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """What deploying a program would do, and what speaks against it."""

    graph: Graph
    changes: Sequence[Change]
    judgement: Judgement = field(default_factory=Judgement)
    baseline: Baseline | None = None
    seconds: float = 0.0

    @property
    def violations(self) -> Sequence[Violation]:
        """What speaks against it."""
        return self.judgement.violations

    @property
    def refused(self) -> bool:
        """Whether it must not be deployed as it is."""
        return self.judgement.refused


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
        judgement=judge(graph, RULES, WAIVERS, datetime.now(UTC).date()),
        baseline=old,
        seconds=time.perf_counter() - started,
    )
