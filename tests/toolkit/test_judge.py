"""What speaks against a graph."""

from collections.abc import Iterator
from typing import Literal

from policies.rule import Rule
from tests.toolkit.graphs import BUCKET, graph, resource, urn
from toolkit.graph import Graph, Problem
from toolkit.judge import judge
from toolkit.preview import Preview

IT = urn(BUCKET, "it")


def test_problems_come_first_and_every_rule_is_asked_though_one_of_them_fails() -> None:
    def broken(graph: Graph) -> Iterator[tuple[str, str]]:
        yield IT, "seen before the rule fell over"
        raise KeyError(graph.stack)

    rules = [
        Rule(id="broken", severity="advisory", controls=("A",), check=broken),
        Rule(id="open", severity="mandatory", controls=("CIS 1",), check=lambda _: [(IT, "close it")]),
    ]
    judged = graph(resource(BUCKET, "it"))
    judged.problems.append(Problem(urn=IT, path="", message="made twice"))

    found = [(one.rule, one.severity, one.urn, one.message, one.controls) for one in judge(judged, rules)]

    assert found == [
        ("input", "mandatory", IT, "made twice", ()),
        ("broken", "advisory", IT, "seen before the rule fell over", ("A",)),
        (
            "broken",
            "advisory",
            "",
            "the rule itself failed and checked nothing more: KeyError at test_judge.py:18",
            ("A",),
        ),
        ("open", "mandatory", IT, "close it", ("CIS 1",)),
    ]


def test_only_mandatory_violations_refuse_a_preview() -> None:
    judged = graph(resource(BUCKET, "it"))

    def refused(*severities: Literal["mandatory", "advisory"]) -> bool:
        rules = [
            Rule(id="it", severity=given, controls=(), check=lambda _: [(IT, "")]) for given in severities
        ]
        return Preview(graph=judged, changes=[], violations=judge(judged, rules)).refused

    assert (refused(), refused("advisory"), refused("advisory", "mandatory")) == (False, False, True)
