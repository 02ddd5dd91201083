"""What every baseline comes to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from toolkit.graph import Graph


@dataclass(frozen=True, kw_only=True, slots=True)
class Baseline:
    """The graph to compare with, where it comes from, and what a reader must know about it."""

    graph: Graph
    source: str
    notes: Sequence[str] = ()

    def warnings(self, graph: Graph) -> list[str]:
        """What to know before comparing ``graph`` with it: its notes, and whether it is of something else."""
        theirs, ours = f"{self.graph.project}/{self.graph.stack}", f"{graph.project}/{graph.stack}"
        if not self.graph.resources or theirs == ours:
            return [*self.notes]
        return [f"this is {ours}, compared with a state of {theirs}: no resource can match", *self.notes]


Promise: TypeAlias = Callable[[], Baseline]
"""A baseline on its way: call it to wait for it."""
