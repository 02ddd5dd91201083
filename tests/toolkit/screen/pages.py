"""Previews of a small stack, and the text that they become."""

import io
from datetime import date
from typing import Any

from policies.rule import Rule
from policies.waivers import Waiver
from tests.toolkit.graphs import COMPONENT, NETWORK, graph, resource, urn
from toolkit.baseline import Baseline
from toolkit.compare import compare
from toolkit.graph import STACK, Graph
from toolkit.judge import judge
from toolkit.preview import Preview
from toolkit.screen import Depth, paper, show
from toolkit.values import Secret

ROOT = urn(STACK, "clinic-dev")
TODAY = date(2026, 11, 25)
WAIVERS = [
    Waiver(
        rule="waived",
        resource="*",
        stacks=("dev",),
        reason="the builder is on holiday",
        accepted_by="head of security",
        expires=date(2026, 12, 31),
        compensating="nobody has the address",
        project="clinic",
    )
]
LONG = "a-name-" + "that-goes-on-" * 12 + "and-ends"


def clinic(*more: Any, **fields: Any) -> Graph:
    """A stack with one component that holds a network."""
    network = resource(COMPONENT, "network", parent=ROOT)
    vpc = resource(
        f"{COMPONENT}${NETWORK}", "vpc", parent=network.urn, inputs={"mtu": 1460, "key": Secret("k")}
    )
    return graph(resource(STACK, "clinic-dev"), network, vpc, *more, **fields)


def previewed(new: Graph, old: Graph | None = None, *rules: Rule) -> Preview:
    """``new``, compared with ``old`` and judged by ``rules``."""
    baseline = Baseline(graph=old, source="main", notes=["a note"]) if old else None
    judgement = judge(new, rules, WAIVERS if "waived" in {rule.id for rule in rules} else [], TODAY)
    return Preview(graph=new, changes=compare(new, old), judgement=judgement, baseline=baseline)


def printed(preview: Preview, stream: io.StringIO | None = None, **depth: bool) -> str:
    """What the screen shows of it."""
    stream = stream or io.StringIO()
    show(preview, Depth(**depth), paper(stream))
    return stream.getvalue()


def part(text: str, title: str) -> list[str]:
    """The lines below ``title``, without their margin."""
    lines = text.split(f"\n{title}\n", 1)[1].split("\n\n", maxsplit=1)[0].rstrip("\n").split("\n")
    return [line.removeprefix("  ") for line in lines]
