"""What changed since a previous export: resources with the paths of their properties, and verdicts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.audit.matrix import STATUSES, ControlRow
from toolkit.audit.provenance import Provenance
from toolkit.compare import Change, Operation, compare
from toolkit.graph import STACK, Graph
from toolkit.judge import Status


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """One resource that is not as it was. Values are not told: a path is enough to ask for them."""

    urn: str
    type: str
    name: str
    operation: Operation
    paths: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Turned:
    """One control whose verdict is another one now."""

    control: str
    before: Status | None
    """``None`` for a control that nobody asked for then."""
    after: Status | None

    @property
    def worse(self) -> bool:
        """Whether it was fulfilled or accepted, and is not any more."""
        return self.after == "fail" and self.before != "fail"


@dataclass(frozen=True, kw_only=True, slots=True)
class Since:
    """Everything that is different from a previous state."""

    provenance: Provenance
    foreign: bool
    """Whether that is a state of another stack or project, so that nothing can match."""
    resources: Sequence[Changed]
    verdicts: Sequence[Turned]


def changed(new: Graph, old: Graph) -> list[Changed]:
    """Every resource that was created, changed or deleted; the stack's own entry is not one."""
    return [
        _changed(change)
        for change in compare(new, old)
        if change.resource.type != STACK and (change.operation != "same" or change.properties)
    ]


def turned(new: Sequence[ControlRow], old: Sequence[ControlRow]) -> list[Turned]:
    """Every control whose verdict is another one, the worst news first."""
    before: Mapping[str, Status] = {row.id: row.status for row in old}
    found = [
        Turned(control=row.id, before=before.get(row.id), after=row.status)
        for row in new
        if row.status != before.get(row.id)
    ]
    return sorted(found, key=lambda each: (not each.worse, STATUSES.index(each.after or "not applicable")))


def _changed(change: Change) -> Changed:
    resource = change.resource
    return Changed(
        urn=change.urn,
        type=resource.type,
        name=resource.name,
        operation="update" if change.operation == "same" else change.operation,
        paths=[*dict.fromkeys(_paths(change))],
    )


def _paths(change: Change) -> Iterator[str]:
    for each in change.properties:
        yield each.name
