"""The policy pack, without an engine: what the engine would tell it gives what the offline preview says."""

import runpy
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import yaml
from pulumi_policy import (
    PolicyPack,
    PolicyResource,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy.deserialize import deserialize_properties
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE, unknown_checking_proxy

from policies import pack
from policies.kinds import BUCKET, CRYPTO_KEY, DATABASE
from policies.path import RETAIN
from policies.rule import Break, Edit
from policies.rules import RULES
from policies.waivers import WAIVERS
from tests.policies.surgery import broken
from tests.stacks.graphs import ROOT, STACKS, graph_of
from toolkit.graph import STACK, Graph, Resource
from toolkit.judge import judge
from toolkit.values import SEALED, SIGNATURE, Secret, Unknown

TODAY = date(2026, 11, 25)


def wire(value: object) -> Any:
    """A value as the engine sends it."""
    match value:
        case Unknown():
            return UNKNOWN_STRING_VALUE
        case Secret():
            return {SIGNATURE: SEALED, "value": wire(value.value)}
        case Mapping():
            return {key: wire(item) for key, item in value.items()}
        case list() | tuple():
            return [wire(item) for item in value]
        case int() if not isinstance(value, bool):
            return float(value)
    return value


class Options:
    """What the engine tells of options."""

    def __init__(self, resource: Resource) -> None:
        self.protect = resource.protect


def told(graph: Graph) -> list[PolicyResource]:
    """A graph as the engine tells it at the end: outputs, no secret as one, unknowns guarded."""
    resources = {
        each.urn: PolicyResource(
            each.type,
            unknown_checking_proxy(
                deserialize_properties(wire(graph.exports if each.type == STACK else each.inputs))
            ),
            each.urn,
            each.name,
            Options(each),  # ty: ignore[invalid-argument-type] - as much of it as the pack reads
            None,
            None,
            [],
            {},
        )
        for each in graph.resources.values()
    }
    for each in graph.resources.values():
        resources[each.urn].property_dependencies = {
            name: [resources[urn] for urn in urns] for name, urns in each.property_dependencies.items()
        }
    return [*resources.values()]


def reported(graph: Graph) -> set[tuple[str, str]]:
    """The policies that report, and on what, after the engine has told everything."""
    listener, *others = pack.policies()
    assert isinstance(listener, ResourceValidationPolicy)
    for each in graph.resources.values():
        props = deserialize_properties({**wire(each.inputs), "__defaults": []}, proxy_secrets=True)
        args = ResourceValidationArgs(each.type, props, each.urn, each.name, Options(each), None)  # ty: ignore[invalid-argument-type] - likewise
        assert listener.remediate(args) is None
    found: set[tuple[str, str]] = set()
    resources = told(graph)
    for policy in others:
        assert isinstance(policy, StackValidationPolicy)

        def report(_message: str, urn: str | None = None, name: str = policy.name) -> None:
            found.add((name, urn or ""))

        policy.validate(StackValidationArgs(resources), report)
    return found


def judged(graph: Graph) -> set[tuple[str, str]]:
    return {(each.rule, each.urn) for each in judge(graph, RULES, WAIVERS, TODAY).violations}


@pytest.mark.parametrize("stack", STACKS)
def test_the_pack_finds_nothing_on_the_real_stacks(stack: str) -> None:
    assert reported(graph_of(stack)) == judged(graph_of(stack)) == set()


def test_the_pack_finds_what_the_offline_preview_finds() -> None:
    prod = graph_of("prod")
    urns = {each.type: each.urn for each in prod.resources.values()}
    edits = (
        Edit(urns[BUCKET], "publicAccessPrevention", "inherited"),
        Edit(urns[BUCKET], "password", "hunter2"),
        Edit(urns[DATABASE], "settings.ipConfiguration.ipv4Enabled", value=True),
        Edit(urns[DATABASE], "region", "moon-north1"),
        Edit(urns[CRYPTO_KEY], "rotationPeriod", "31536000s"),
        Edit(urns[CRYPTO_KEY], "protect [option]", value=False),
        Edit(urns[CRYPTO_KEY], "token", Secret("sealed")),
    )
    bad = broken(prod, Break("", edits))

    assert reported(bad) == judged(bad)
    assert len(judged(bad)) == 8


def test_what_the_engine_does_not_tell_is_not_held_against_a_program() -> None:
    """``retainOnDelete`` is told to nobody but the engine; the offline preview and the state know it."""
    prod = graph_of("prod")
    key = next(each.urn for each in prod.resources.values() if each.type == CRYPTO_KEY)
    bad = broken(prod, Break("", (Edit(key, RETAIN, value=False),)))

    assert judged(bad) == {("key-rotated", key)}
    assert reported(bad) == set()


def test_an_output_is_not_called_a_leak_by_whoever_is_not_told_that_it_is_a_secret() -> None:
    prod = graph_of("prod")
    sealed = broken(prod, Break("", (Edit("", "password", Secret("hunter2")),)))

    assert reported(sealed) == judged(sealed) == set()


def test_every_rule_is_a_policy_of_its_severity() -> None:
    levels = {policy.name: policy.enforcement_level for policy in pack.policies()}

    assert [*levels] == ["listen", *(rule.id for rule in RULES), "waiver"]
    assert all(levels[rule.id] == pack.LEVELS[rule.severity] for rule in RULES)


def test_the_engine_starts_the_pack_by_its_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[str, int]] = []
    monkeypatch.setattr(
        PolicyPack, "__init__", lambda _self, name, policies: started.append((name, len(policies)))
    )

    runpy.run_path(str(ROOT / "policies" / "__main__.py"))

    assert started == [("prontuario", len(RULES) + 2)]
    described = yaml.safe_load((ROOT / "policies" / "PulumiPolicy.yaml").read_text(encoding="utf-8"))
    assert described["runtime"]["name"] == "python"
    assert (ROOT / "policies" / described["runtime"]["options"]["virtualenv"]).resolve() == ROOT / ".venv"
