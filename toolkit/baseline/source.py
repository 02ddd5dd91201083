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
    deployed: bool = False
    """Whether it is what stands in the cloud, not only what a program would build."""

    def warnings(self, graph: Graph) -> list[str]:
        """What to know before comparing ``graph`` with it: its notes, and whether it is of something else."""
        theirs, ours = _name(self.graph), _name(graph)
        if not self.graph.resources or theirs == ours:
            return [*self.notes]
        return [f"this is {ours}, compared with a state of {theirs}: no resource can match", *self.notes]

    def binds(self, graph: Graph) -> bool:
        """Whether deploying ``graph`` would act on it: it is deployed, and the same stack."""
        return self.deployed and _name(self.graph) == _name(graph)


def _name(graph: Graph) -> str:
    return f"{graph.project}/{graph.stack}"


Promise: TypeAlias = Callable[[], Baseline]
"""A baseline on its way: call it to wait for it."""
