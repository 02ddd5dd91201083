"""Every secure default that a rule guards is flipped, and that very rule must fail on that very resource.

The flips come from the rules' own declarations: nothing here knows a property.
"""

from collections.abc import Iterator

import pytest

from policies.rule import Break, Rule
from policies.rules import RULES
from tests.policies.surgery import broken
from tests.stacks.graphs import graph_of
from toolkit.graph import Graph

STACKS = ("dev", "staging", "prod")


def mutations(rule: Rule, graph: Graph) -> Iterator[Break]:
    """Every break of a rule that the graph gives room for."""
    for demand in rule.demands:
        yield from demand.breaks(graph)


def survivors(rule: Rule, graph: Graph) -> tuple[int, list[Break]]:
    """How many breaks there were, and those that the rule did not notice."""
    made = [*mutations(rule, graph)]
    unseen = [
        each
        for each in made
        if not any(one.fault and one.urn == each.urn for one in rule.examine(broken(graph, each)))
    ]
    return len(made), unseen


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_flipped_default_fails_the_rule_that_guards_it(rule: Rule) -> None:
    done = [survivors(rule, graph_of(stack)) for stack in STACKS]
    assert [unseen for _, unseen in done if unseen] == []
    assert sum(count for count, _ in done), "no mutation can trip this rule"
