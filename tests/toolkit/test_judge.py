"""What speaks against a graph."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from policies.rule import Evidence
from policies.waivers import Waiver
from tests.toolkit.graphs import BUCKET, graph, resource, urn
from tests.toolkit.rules import rule
from toolkit.graph import Graph, Problem
from toolkit.judge import Judgement, judge
from toolkit.values import UNKNOWN

IT, OTHER = urn(BUCKET, "it"), urn(BUCKET, "other")
TODAY = date(2026, 11, 25)
MEND = "mend the fault, or have the risk accepted anew"
HELD, BROKEN, UNTOLD = Evidence(IT, "a", 1), Evidence(IT, "b", 2, "write 3"), Evidence(IT, "c", UNKNOWN)


def stack() -> Graph:
    return graph(resource(BUCKET, "it"), resource(BUCKET, "other"))


def waiver(**fields: Any) -> Waiver:
    made: dict[str, Any] = {
        "rule": "open",
        "resource": f"{BUCKET} i*",
        "stacks": ("dev",),
        "reason": "the builder is on holiday",
        "accepted_by": "head of security",
        "expires": TODAY,
        "compensating": "nobody has the address",
        "project": "clinic",
    }
    return Waiver(**{**made, **fields})


def messages(judgement: Judgement) -> list[tuple[str, str]]:
    return [(each.rule, each.message) for each in judgement.violations]


def test_problems_come_first_and_every_rule_is_asked_though_one_of_them_fails() -> None:
    def fails(graph: Graph) -> Iterator[Evidence]:
        yield Evidence(IT, "b", 2, "seen before the rule fell over")
        raise KeyError(graph.stack)

    rules = [
        rule("broken", what=fails, severity="advisory", controls=("A",)),
        rule("open", Evidence(IT, "b", 2, "close it"), controls=("CIS 1",)),
    ]
    judged = stack()
    judged.problems.append(Problem(urn=IT, path="", message="made twice"))

    judgement = judge(judged, rules, [], TODAY)
    line = fails.__code__.co_firstlineno + 2

    found = [(one.rule, one.severity, one.urn, one.message, one.controls) for one in judgement.violations]
    assert found == [
        ("input", "mandatory", IT, "made twice", ()),
        ("broken", "advisory", IT, "seen before the rule fell over", ("A",)),
        (
            "broken",
            "advisory",
            "",
            f"the rule itself failed and checked nothing more: KeyError at test_judge.py:{line}",
            ("A",),
        ),
        ("open", "mandatory", IT, "close it", ("CIS 1",)),
    ]
    assert [outcome.status for outcome in judgement.outcomes] == ["fail", "fail"]


@pytest.mark.parametrize(
    ("found", "status"),
    [
        ([], "not applicable"),
        ([HELD], "pass"),
        ([HELD, UNTOLD], "unknown"),
        ([HELD, UNTOLD, BROKEN], "fail"),
    ],
)
def test_the_worst_finding_decides(found: list[Evidence], status: str) -> None:
    (outcome,) = judge(stack(), [rule("open", *found)], [], TODAY).outcomes

    assert outcome.status == status
    assert dict(outcome.resources) == ({IT: status} if found else {})


def test_each_resource_has_a_status_of_its_own() -> None:
    (outcome,) = judge(stack(), [rule("open", BROKEN, Evidence(OTHER, "b", 3))], [], TODAY).outcomes

    assert dict(outcome.resources) == {IT: "fail", OTHER: "pass"}


def test_only_mandatory_violations_refuse_a_preview() -> None:
    def refused(*severities: str) -> bool:
        rules = [rule("it", BROKEN, severity=given) for given in severities]
        return judge(stack(), rules, [], TODAY).refused

    assert (refused(), refused("advisory"), refused("advisory", "mandatory")) == (False, False, True)


def test_a_waived_fault_is_no_violation_and_names_its_waiver() -> None:
    accepted = waiver()

    judgement = judge(stack(), [rule("open", BROKEN, HELD)], [accepted], TODAY)

    (outcome,) = judgement.outcomes
    assert outcome.status == "waived"
    assert [finding.waiver for finding in outcome.findings] == [accepted, None]
    assert judgement.violations == []


@pytest.mark.parametrize(
    "other",
    [{"rule": "closed"}, {"resource": f"{BUCKET} other"}, {"stacks": ("prod",)}, {"project": "other"}],
)
def test_a_waiver_covers_only_what_it_names(other: dict[str, Any]) -> None:
    found = messages(judge(stack(), [rule("open", BROKEN)], [waiver(**other)], TODAY))

    assert ("open", "write 3") in found


def test_an_expired_waiver_waives_nothing_and_is_a_violation_itself() -> None:
    expired = waiver(expires=date(2026, 11, 24))

    assert messages(judge(stack(), [rule("open", BROKEN)], [expired], TODAY)) == [
        ("open", "write 3"),
        ("waiver", f"the waiver of open for {BUCKET} i* expired on 2026-11-24: {MEND}"),
    ]


def test_a_waiver_that_nothing_needs_is_a_violation() -> None:
    found = messages(judge(stack(), [rule("open", HELD)], [waiver()], TODAY))

    assert found == [
        (
            "waiver",
            f"the waiver of open for {BUCKET} i* is not needed in dev: take it out of policies/waivers.py",
        )
    ]


def test_an_elective_waiver_may_wait_for_its_resource_but_not_beside_a_sound_one() -> None:
    waiting = waiver(elective=True, resource=f"{BUCKET} nobody-made-it")
    assert messages(judge(stack(), [rule("open", HELD)], [waiting], TODAY)) == []
    (stale,) = messages(judge(stack(), [rule("open", HELD)], [waiver(elective=True)], TODAY))
    assert "is not needed in dev" in stale[1]


def test_a_waiver_is_needed_as_long_as_a_value_may_turn_out_to_be_wrong() -> None:
    assert messages(judge(stack(), [rule("open", UNTOLD)], [waiver()], TODAY)) == []


def test_a_waiver_of_another_stack_is_neither_used_nor_missed() -> None:
    assert messages(judge(stack(), [rule("open", HELD)], [waiver(stacks=("prod",))], TODAY)) == []
