"""What a rule is: a promise, the demands that prove it, and the evidence that they find."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol, TypeAlias

from toolkit.graph import Graph
from toolkit.values import Unknown

Severity: TypeAlias = Literal["mandatory", "advisory"]
Status: TypeAlias = Literal["pass", "fail", "unknown"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One property of one resource, held against a rule."""

    urn: str
    path: str
    """The property as ``policies.path`` writes it; of a demand on several resources, how they are tied."""
    value: object
    """What stands there; ``None`` when nothing does, a ``Secret`` when it must not be shown."""
    fault: str = ""
    """What is wrong and what to write instead; empty when it holds."""

    @property
    def status(self) -> Status:
        """A value that only the deployment can tell is neither right nor wrong."""
        if self.fault:
            return "fail"
        return "unknown" if isinstance(self.value, Unknown) else "pass"


class Edit(NamedTuple):
    """One change: another value for a property of a resource or, without a URN, for an output of the stack.

    Without a path it is the resource itself: put in when it is the value, else taken out.
    """

    urn: str
    path: str = ""
    value: object = None


class Break(NamedTuple):
    """Changes after which a demand no longer holds, and the resource that must then be found at fault."""

    urn: str
    edits: tuple[Edit, ...]


class Demand(Protocol):
    """What a rule asks of the graph, declared once: to judge it, as evidence, and to break it in tests."""

    def examine(self, graph: Graph) -> Iterator[Evidence]:
        """Evidence for everything that the demand looks at, whether it holds or not."""
        ...

    def breaks(self, graph: Graph) -> Iterator[Break]:
        """Every way to break the demand where it holds in ``graph``."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rule: what it promises, whom it serves, and what it demands."""

    id: str
    title: str
    """The promise in one English sentence."""
    portuguese: str
    """The same in Portuguese: auditors read it."""
    severity: Severity
    controls: tuple[str, ...]
    """Ids of ``policies.controls``."""
    demands: tuple[Demand, ...]

    def examine(self, graph: Graph) -> Iterator[Evidence]:
        """Evidence for every resource that the rule looks at; none at all when it is not applicable."""
        for demand in self.demands:
            yield from demand.examine(graph)
