"""The picture: what is in it, that nothing overlaps, that it is always the same."""

import copy
import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import htpy
import pytest

from tests.stacks.graphs import graph_of
from tests.toolkit.audit.hospital import (
    GRANT,
    INSTANCE,
    PROJECT,
    audited,
    bucket,
    grant,
    hospital,
)
from tests.toolkit.exports import row
from tests.toolkit.graphs import urn
from toolkit.audit.diagram import Scene, drawing, scene
from toolkit.audit.diagram.layout import NARROW, WIDE, Box, Form, laid
from toolkit.audit.diagram.route import routes
from toolkit.audit.reading import References
from toolkit.audit.stores import inventory
from toolkit.graph import Graph

VIEWER = "roles/storage.objectViewer"
FORMS = pytest.mark.parametrize("form", [WIDE, NARROW], ids=["wide", "narrow"])


def seen(graph: Graph) -> Scene:
    references = References(graph)
    return scene(graph, inventory(graph, references), references)


def flows(scene: Scene) -> set[tuple[str, str, str]]:
    title = {name: node.title.en for name, node in scene.nodes.items()}
    return {(title[flow.source], flow.means, title[flow.target]) for flow in scene.flows}


def overlap(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def between(points: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Points all along a line, one every few units."""
    for (x1, y1), (x2, y2) in pairwise(points):
        steps = max(1, int(max(abs(x2 - x1), abs(y2 - y1)) / 4))
        yield from ((x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps) for n in range(steps + 1))


def test_sites_networks_stores_and_flows_come_from_the_graph(tmp_path: Path) -> None:
    export = hospital(
        row(INSTANCE, "copy", inputs={"region": "us-east4", "masterInstanceName": "analytics"}),
        grant(GRANT, "all", bucket=f"{PROJECT}-documents", role=VIEWER, member="allUsers"),
        grant(GRANT, "them", bucket=f"{PROJECT}-documents", role=VIEWER, member="group:x"),
    )
    picture = audited(tmp_path, export).scene

    assert {zone.sort for zone in picture.zones} == {
        *("site", "outside", "network", "identities", "managed", "elsewhere", "keys")
    }
    assert [zone.title.pt for zone in picture.zones if zone.sort == "site"] == ["Hospital norte"]
    assert {
        ("Clinical systems and AI", "access", "documents"),
        ("backend", "access", "database"),
        ("backend", "access", "password"),
        ("password", "notice", "due"),
        ("database", "copy", "copy"),
        ("Everybody", "access", "documents"),
        ("x", "access", "documents"),
    } <= flows(picture)
    homes = {zone.id: {node.title.en for node in zone.nodes} for zone in picture.zones}
    assert homes["place:us-east4"] == {"copy"}
    assert homes["place:us-central1"] == {"database"}
    assert "cluster" in homes[f"network:{urn('gcp:compute/network:Network', 'core')}"]


def test_many_of_a_kind_become_one_part(tmp_path: Path) -> None:
    picture = audited(tmp_path, hospital(*(bucket(f"b{n}") for n in range(300)))).scene
    (node,) = [node for node in picture.nodes.values() if len(node.urns) > 1]
    assert (node.sub.en, node.tone) == ("301 of this kind · Patient", "patient")
    assert len(picture.nodes) < 20


def test_an_empty_stack_has_no_picture() -> None:
    assert seen(Graph(project="clinic", stack="dev")).zones == []


@FORMS
@pytest.mark.parametrize("stack", ["dev", "staging", "prod"])
def test_nothing_overlaps_and_all_is_inside(stack: str, form: Form) -> None:
    picture = seen(graph_of(stack))
    layout = laid(picture, form)

    for boxes in (layout.zones.values(), layout.nodes.values()):
        assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
    for zone in picture.zones:
        outer = layout.zones[zone.id]
        for node in zone.nodes:
            inner = layout.nodes[node.id]
            assert outer.x < inner.x
            assert inner.right < outer.right
            assert outer.y < inner.y
            assert inner.bottom < outer.bottom
        assert 0 <= outer.x < outer.right <= layout.width
        assert 0 <= outer.y < outer.bottom <= layout.height


@FORMS
def test_no_line_runs_through_a_zone_that_is_not_its_own(form: Form) -> None:
    picture = seen(graph_of("prod"))
    layout = laid(picture, form)
    home = {node.id: zone.id for zone in picture.zones for node in zone.nodes}
    for flow, path in routes(picture.flows, layout):
        own = {home[flow.source], home[flow.target]}
        points = [(float(x), float(y)) for x, y in re.findall(r"[ML](\S+) ([^\sLQ]+)", path)]
        assert len(points) > 1
        along = [*between(points)]
        for name, box in layout.zones.items():
            inside = [(x, y) for x, y in along if box.x < x < box.right and box.y < y < box.bottom]
            assert name in own or not inside, f"{flow} touches {name}"


def test_the_same_graph_gives_the_same_picture() -> None:
    pictures = [str(htpy.div[drawing(seen(graph_of("prod")))]) for _ in range(2)]
    assert pictures[0] == pictures[1]


def test_the_order_of_a_state_file_does_not_matter(tmp_path: Path) -> None:
    export = hospital(
        bucket("b"), bucket("a"), grant(GRANT, "x", bucket=f"{PROJECT}-a", role="r", member="m:x")
    )
    back = copy.deepcopy(export)
    stack, *others = back["deployment"]["resources"]
    back["deployment"]["resources"] = [stack, *reversed(others)]

    one, other = audited(tmp_path, export), audited(tmp_path, back)

    assert one.stores == other.stores
    assert (one.scene.zones, one.scene.flows) == (other.scene.zones, other.scene.flows)
