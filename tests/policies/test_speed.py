"""Judging costs nearly nothing, whatever the size."""

import time
from dataclasses import replace
from datetime import date

from policies.rules import RULES
from policies.waivers import WAIVERS
from tests.stacks.graphs import graph_of
from toolkit.graph import Graph
from toolkit.judge import judge

TODAY = date(2026, 11, 25)


def seconds(graph: Graph) -> float:
    """The best of some runs: the machine does other things as well."""
    return min(_once(graph) for _ in range(5))


def _once(graph: Graph) -> float:
    started = time.process_time()
    judge(graph, RULES, WAIVERS, TODAY)
    return time.process_time() - started


def many(graph: Graph, count: int) -> Graph:
    """Copies of a graph beside each other, until it has ``count`` resources."""
    copies = range(count // len(graph.resources) + 1)
    return replace(
        graph,
        resources={
            f"{each.urn}-{copy}": replace(
                each,
                urn=f"{each.urn}-{copy}",
                property_dependencies={
                    key: tuple(f"{urn}-{copy}" for urn in urns)
                    for key, urns in each.property_dependencies.items()
                },
            )
            for copy in copies
            for each in graph.resources.values()
        },
    )


def test_prod_is_judged_at_once() -> None:
    assert seconds(graph_of("prod")) < 0.05


def test_ten_thousand_resources_are_judged_within_a_second() -> None:
    graph = many(graph_of("prod"), 10_000)

    assert len(graph.resources) >= 10_000
    assert seconds(graph) < 1
