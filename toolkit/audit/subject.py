"""What is audited: a program as it would be deployed, or a state as it was exported."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.audit.discretion import Discretion
from toolkit.audit.integrity import verify
from toolkit.audit.leaks import Leak, Place, leaks
from toolkit.audit.provenance import Provenance, of_export, of_preview
from toolkit.baseline.export import deployment_in, state_in
from toolkit.baseline.properties import properties
from toolkit.graph import STACK, Graph
from toolkit.inputs import check
from toolkit.program import Program


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """A graph, where it comes from, and what of it must not be said."""

    graph: Graph
    provenance: Provenance
    leaks: Sequence[Leak]
    secrets: frozenset[str]
    notes: Sequence[str] = ()

    @property
    def discretion(self) -> Discretion:
        """How to speak of this subject."""
        return Discretion(self.secrets)


def previewed(root: Path, stack: str, at: datetime, progress: Callable[[int], None] | None = None) -> Subject:
    """The program in ``root``, recorded offline. Raises ``ProgramError`` when it fails."""
    graph = Program.read(root, stack).run(progress=progress)
    graph.problems += check(graph)
    found, secrets = leaks(_recorded(graph), exported=False)
    provenance = of_preview(root, stack, at)
    return Subject(graph=graph, provenance=provenance, leaks=found, secrets=secrets)


def exported(file: Path, root: Path, at: datetime) -> Subject:
    """The state in ``file``, judged by the rules of the checkout in ``root``.

    Raises ``BaselineError`` when it is no complete export, ``AuditError`` when no engine wrote it so.
    """
    deployment = deployment_in(file)
    verify(deployment, file.name)
    state = state_in(deployment, file)
    found, secrets = leaks(_stored(deployment), exported=True)
    provenance = of_export(file, deployment.get("manifest"), root, at)
    return Subject(graph=state.graph, provenance=provenance, leaks=found, secrets=secrets, notes=state.notes)


def _recorded(graph: Graph) -> Iterator[Place]:
    for resource in graph.resources.values():
        yield Place(urn=resource.urn, part="inputs", values=resource.inputs)
        if resource.outputs:
            yield Place(urn=resource.urn, part="outputs", values=resource.outputs)
    root = next((urn for urn, resource in graph.resources.items() if resource.type == STACK), "")
    yield Place(urn=root, part="exports", values=graph.exports)


def _stored(deployment: Mapping[str, Any]) -> Iterator[Place]:
    for row in deployment.get("resources") or ():
        for part in ("inputs", "outputs"):
            yield Place(urn=row["urn"], part=part, values=properties(row.get(part) or {}))
