"""The rules on the real stacks and on the examples, and what they say of themselves."""

import re
from datetime import date

import pytest

from policies.controls import CONTROLS
from policies.rules import RULES
from policies.waivers import UNSERVED, WAIVERS
from tests.policies.examples import EXAMPLES, example
from tests.stacks.graphs import ROOT, STACKS, graph_of
from toolkit.inputs import check
from toolkit.judge import judge

TODAY = date(2026, 11, 25)
CHECKOV = (1, 4, 6, 8, 11, 12, 13, 14, 18, 20, 21, 24, 25, 26, 27, 28, 29, 35, 36, 39, 40, 41, 43, 49)
CHECKOV_TOO = (51, 52, 53, 54, 55, 56, 57, 60, 61, 62, 63, 64, 65, 66, 68, 69, 70, 72, 73, 74, 78, 79, 82)
CHECKOV_ALSO = (84, 101, 108, 109, 110, 111, 112, 114, 117, 118, 125)
EXPECTED = {f"CKV_GCP_{number}" for number in (*CHECKOV, *CHECKOV_TOO, *CHECKOV_ALSO)} | {
    f"CKV2_GCP_{number}" for number in (1, 3, 4, 5, 6, 8, 38)
}
"""What a reviewer with Checkov in hand would ask about."""


@pytest.mark.parametrize("stack", STACKS)
def test_every_rule_holds_on_the_real_stacks_or_is_waived(stack: str) -> None:
    judgement = judge(graph_of(stack), RULES, WAIVERS, TODAY)
    assert judgement.violations == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_rule_holds_on_the_examples(name: str) -> None:
    graph = example(name)
    assert graph.problems == []
    assert check(graph) == [], "the SDK must know every property that an example writes"
    assert judge(graph, RULES, [], TODAY).violations == []


def test_rules_are_told_apart_and_speak_both_languages() -> None:
    assert len({rule.id for rule in RULES}) == len({rule.title for rule in RULES}) == len(RULES)
    assert all(rule.controls and rule.demands for rule in RULES)
    assert all(rule.title != rule.portuguese and not rule.portuguese.endswith(".") for rule in RULES)


def test_each_rule_is_a_file_of_its_name_that_begins_with_its_promise() -> None:
    files = {
        file.stem: file for file in (ROOT / "policies" / "rules").rglob("*.py") if file.name != "__init__.py"
    }
    assert {*files} == {rule.id.replace("-", "_") for rule in RULES}
    for rule in RULES:
        text = files[rule.id.replace("-", "_")].read_text(encoding="utf-8")
        assert text.startswith(f'"""{rule.title}.'), rule.id


def test_the_catalogue_has_exactly_the_controls_that_rules_serve() -> None:
    served = {control for rule in RULES for control in rule.controls}
    assert served == CONTROLS.keys()
    assert all(key == control.id for key, control in CONTROLS.items())
    assert all(len(control.english) > 10 and len(control.portuguese) > 10 for control in CONTROLS.values())


def test_each_check_of_checkov_that_fits_is_served_and_the_others_say_why() -> None:
    served = {control for control in CONTROLS if control.startswith("CKV")}
    assert served | UNSERVED.keys() >= EXPECTED
    assert served.isdisjoint(UNSERVED)
    assert all(re.fullmatch(r"CKV2?_(GCP|K8S)_\d+", key) for key in UNSERVED)


def test_waivers_name_rules_and_say_what_limits_the_risk() -> None:
    ids = {rule.id for rule in RULES}
    for waiver in WAIVERS:
        assert waiver.rule in ids
        assert {*waiver.stacks} <= {*STACKS}
        assert min(map(len, (waiver.reason, waiver.accepted_by, waiver.compensating))) > 10
        assert waiver.expires > TODAY
