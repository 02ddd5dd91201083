"""Each rule passes on the real stacks, and says what it is."""

import pytest

from policies.rule import Rule
from policies.rules import RULES
from tests.stacks.graphs import graph_of


@pytest.mark.parametrize("stack", ["dev", "staging", "prod"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_passes_on_the_real_stacks(rule: Rule, stack: str) -> None:
    assert [each for each in rule.examine(graph_of(stack)) if each.fault] == []


def test_rules_are_told_apart_and_name_the_controls_they_serve() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.controls and rule.demands for rule in RULES)
