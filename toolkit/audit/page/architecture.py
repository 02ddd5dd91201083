"""The picture, and the same in words."""

import htpy as h

from toolkit.audit.diagram import Flow, Node, drawing
from toolkit.audit.page.elements import Row, identifier, lead, rows_of, say, section, table
from toolkit.audit.report import Report
from toolkit.audit.words import diagram, page

MEANS = {
    "access": diagram.ACCESS,
    "copy": diagram.COPY,
    "notice": diagram.NOTICE,
    "egress": diagram.EGRESS,
    "tunnel": diagram.TUNNEL,
    "unseal": diagram.UNSEAL,
}


def architecture(report: Report) -> h.Element:
    """Zones, parts and flows."""
    scene = report.scene
    if not scene.zones:
        return section("architecture", page.ARCHITECTURE, h.p[say(page.NO_DIAGRAM)])
    return section(
        "architecture",
        page.ARCHITECTURE,
        lead(page.DIAGRAM_LEAD),
        h.figure[drawing(scene)],
        _flows(report) if scene.flows else None,
    )


def _flows(report: Report) -> h.Node:
    nodes = report.scene.nodes
    heads = [page.FROM, page.WHAT_FLOWS, page.TO, page.BY]
    rows = rows_of(report.scene.flows, lambda flow: _flow(flow, nodes))
    return h.details(class_="fold")[h.summary[say(page.FLOWS)], table(page.FLOWS, heads, rows, "flows")]


def _flow(flow: Flow, nodes: dict[str, Node]) -> Row:
    source, target = nodes[flow.source], nodes[flow.target]
    return [say(source.title), say(MEANS[flow.means]), say(target.title), identifier(flow.detail)]
