"""Rules for tests of what is done with rules."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from policies.rule import Break, Evidence, Rule
from toolkit.graph import Graph


@dataclass(frozen=True, slots=True)
class Finds:
    """A demand that finds what a function says."""

    what: Callable[[Graph], Iterable[Evidence]]

    def examine(self, graph: Graph) -> Iterator[Evidence]:
        """That."""
        yield from self.what(graph)

    def breaks(self, graph: Graph) -> Iterator[Break]:
        """Nothing; nobody breaks this one."""
        del graph
        return iter(())


def rule(name: str, *found: Evidence, **fields: Any) -> Rule:
    """A rule that finds ``found`` in every graph, or what ``what`` finds."""
    demand = Finds(fields.pop("what", lambda _: found))
    made: dict[str, Any] = {
        "title": f"About {name}",
        "portuguese": f"Sobre {name}",
        "severity": "mandatory",
        "controls": (),
    }
    made.update(fields)
    return Rule(id=name, demands=(demand,), **made)
