"""Programs, recorded for the control plane: small ones of tests, and the stacks."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from tests.cluster.objects import Set, sets
from tests.stacks.graphs import ROOT
from toolkit import answers
from toolkit.program import Program
from toolkit.recorder import record
from toolkit.values import UNKNOWNS

ECHOED = answers.echoed


def recorded(program: Callable[[], object]) -> list[Set]:
    """What a small program asks of each cluster."""
    with patch.object(answers, "echoed", identified):
        graph = record(program, project="prontuario", stack="samples")
    assert graph.problems == []
    return sets(graph)


def of_stack(stack: str) -> list[Set]:
    """What a committed stack asks of each cluster."""
    with patch.object(answers, "echoed", identified):
        return sets(Program.read(ROOT, stack).run())


def identified(request: Any) -> tuple[str, Any]:
    """The answer of a preview, but the ids of Kubernetes' objects are known, as they are in a deployment.

    A program may name a namespace by its id, or wait for other objects' ids before it does.
    """
    known, outputs = ECHOED(request)
    if request.custom and request.type.startswith("kubernetes:"):
        metadata = request.object.fields["metadata"].struct_value.fields
        parts = [metadata[key].string_value for key in ("namespace", "name") if key in metadata]
        if not UNKNOWNS.intersection(parts):
            known = "/".join(parts) or request.name
    return known, outputs
