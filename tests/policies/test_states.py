"""A state is judged as the preview is that led to it, except for what only the deployment could tell."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from policies.rules import RULES
from policies.waivers import WAIVERS
from tests.policies.examples import EXAMPLES
from tests.stacks.graphs import ROOT, graph_of
from tests.toolkit.exports import ENCRYPTED, written
from toolkit.baseline.export import read_export
from toolkit.graph import STACK, Graph
from toolkit.judge import Judgement, judge
from toolkit.program import Program
from toolkit.recorder import record
from toolkit.values import Secret

TODAY = date(2026, 11, 25)
DEFAULTS = {"forceDestroy": False, "deletionPolicy": "DELETE"}
"""What a provider fills in by itself."""

ENCRYPTED_RULES = {"machine-keyless", "machine-known"}
"""They look into a connection, which the provider has encrypted as a whole: a state shows nothing of it."""


def stated(value: object) -> Any:
    """A value as a state holds it: numbers as floats, secrets encrypted."""
    match value:
        case Secret():
            return ENCRYPTED
        case Mapping():
            return {"__defaults": [], **{key: stated(item) for key, item in value.items()}}
        case list() | tuple():
            return [stated(item) for item in value]
        case int() if not isinstance(value, bool):
            return float(value)
    return value


def export(graph: Graph) -> dict[str, Any]:
    """What ``pulumi stack export`` would write of a deployed graph."""
    rows = [
        {
            "urn": each.urn,
            "type": each.type,
            "custom": each.custom,
            "parent": each.parent,
            "inputs": stated(each.inputs)
            | {"__defaults": [*DEFAULTS.keys() - each.inputs.keys()]}
            | {key: value for key, value in DEFAULTS.items() if key not in each.inputs},
            "outputs": stated(graph.exports if each.type == STACK else each.outputs or {}),
            "dependencies": [*each.dependencies],
            "propertyDependencies": {key: [*urns] for key, urns in each.property_dependencies.items()},
            "protect": each.protect,
            "retainOnDelete": each.retain_on_delete,
        }
        for each in graph.resources.values()
    ]
    return {"version": 3, "deployment": {"manifest": {}, "resources": rows}}


def deployed(graph: Graph, folder: Path) -> Graph:
    return read_export(written(folder, export(graph))).graph


def found(judgement: Judgement) -> dict[tuple[str, str], str]:
    return {
        (outcome.rule.id, urn): status
        for outcome in judgement.outcomes
        for urn, status in outcome.resources.items()
    }


@pytest.mark.parametrize("stack", ["staging", "prod"])
def test_a_deployed_stack_is_judged_as_its_preview(stack: str, tmp_path: Path) -> None:
    graph = deployed(Program.read(ROOT, stack).run(preview=False), tmp_path)

    after = judge(graph, RULES, WAIVERS, TODAY)
    before = judge(graph_of(stack), RULES, WAIVERS, TODAY)

    assert after.violations == []
    expected, told = found(before), found(after)
    open_questions = {key for key, status in expected.items() if status == "unknown"}
    sealed = {key for key, status in told.items() if status == "unknown" and key[0] in ENCRYPTED_RULES}
    assert {key: status for key, status in told.items() if key not in open_questions | sealed} == {
        key: status for key, status in expected.items() if key not in open_questions | sealed
    }
    assert {expected[key] for key in sealed} <= {"pass", "unknown"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_deployed_example_keeps_every_rule(name: str, tmp_path: Path) -> None:
    graph = record(EXAMPLES[name], project="clinic", stack="prod", preview=False)

    judgement = judge(deployed(graph, tmp_path), RULES, [], TODAY)

    assert judgement.violations == []
    assert any(outcome.status == "pass" for outcome in judgement.outcomes)


def test_an_export_is_text_that_the_engine_could_have_written() -> None:
    assert "4dabf18193072939515e22adb298388d" in json.dumps(export(graph_of("prod")), default=str)
