"""Every secure default that a rule guards is flipped, and that very rule must fail on that very resource.

The flips come from the rules' own declarations: nothing here knows a property.
"""

from collections.abc import Callable

import pytest

from policies.rule import Break, Rule
from policies.rules import RULES
from tests.policies.graphs import graphs
from tests.policies.surgery import broken
from toolkit.graph import Graph

GRAPHS = dict(graphs())


def survivors(rule: Rule, graph: Graph) -> tuple[int, list[Break]]:
    """How many ways to break a rule there are, and those that the rule does not notice."""
    ways = [way for demand in rule.demands for way in demand.breaks(graph)]
    return len(ways), [way for way in ways if not noticed(rule, graph, way)]


def noticed(rule: Rule, graph: Graph, way: Break) -> bool:
    return any(found.fault and found.urn == way.urn for found in rule.examine(broken(graph, way)))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_flipped_default_fails_the_rule_that_guards_it(
    rule: Rule, record_property: Callable[[str, object], None]
) -> None:
    done = {name: survivors(rule, graph) for name, graph in GRAPHS.items()}
    tried = sum(count for count, _ in done.values())
    unseen = [(name, way) for name, (_, ways) in done.items() for way in ways]
    record_property("mutations", tried)
    record_property("survivors", len(unseen))
    assert unseen == []
    assert tried, "no mutation can trip this rule"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_demand_of_a_rule_can_be_tripped(rule: Rule) -> None:
    """A demand that nothing in any graph meets would never be missed."""
    idle = [
        demand
        for demand in rule.demands
        if not any(next(demand.breaks(graph), None) for graph in GRAPHS.values())
    ]
    assert idle == []
