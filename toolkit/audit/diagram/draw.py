"""The picture as SVG. Colours are the page's: this says only what a shape is."""

from collections.abc import Iterator
from typing import Final

import htpy as h

from toolkit.audit.diagram.layout import NARROW, PAD, WIDE, Box, Form, Layout, laid
from toolkit.audit.diagram.model import Node, Scene, Zone
from toolkit.audit.diagram.route import routes
from toolkit.audit.words import Said, diagram, plain

LETTER: Final = 7.1
"""The mean width of a letter of a title, in its size."""
SMALL: Final = 5.4
"""Likewise, of what stands below it."""
MEANS: Final = ("access", "copy", "notice", "egress", "tunnel", "unseal")


def drawing(scene: Scene) -> h.Node:
    """The picture twice: wide for paper and screens, narrow for phones; the page shows one of them."""
    return [_svg(scene, WIDE, "wide"), _svg(scene, NARROW, "narrow")]


def _svg(scene: Scene, form: Form, name: str) -> h.Node:
    layout = laid(scene, form)
    title = diagram.TITLE.fill(zones=len(scene.zones), nodes=len(scene.nodes), flows=len(scene.flows))
    label = f"diagram-{name}"
    return h.svg(
        class_=f"diagram {name}",
        viewBox=f"0 0 {layout.width:g} {layout.height:g}",
        width=f"{layout.width:g}",
        height=f"{layout.height:g}",
        role="img",
        aria_labelledby=label,
    )[
        h.title(id=label)[f"{title.pt} / {title.en}"],
        h.defs[[_arrow(name, means) for means in MEANS]],
        _project(scene, layout),
        [_zone(zone, layout.zones[zone.id], form) for zone in scene.zones],
        _border(scene, layout, form),
        [
            h.path(class_=f"flow {flow.means}", d=path, marker_end=f"url(#{name}-{flow.means})")
            for flow, path in routes(scene.flows, layout)
        ],
        [_node(node, layout.nodes[node.id]) for zone in scene.zones for node in zone.nodes],
    ]


def _arrow(name: str, means: str) -> h.Node:
    """The tip of a line."""
    return h.marker(
        id=f"{name}-{means}",
        class_=f"tip {means}",
        viewBox="0 0 8 8",
        refX="6.5",
        refY="4",
        markerWidth="8",
        markerHeight="8",
        markerUnits="userSpaceOnUse",
        orient="auto",
    )[h.path(d="M0 0.8L7 4L0 7.2z")]


def _project(scene: Scene, layout: Layout) -> h.Node:
    """The outermost boundary: everything in it is in the cloud."""
    box = layout.project
    if box is None:
        return None
    name = " · ".join(filter(None, (scene.project, scene.country)))
    title = diagram.PROJECT.then(plain(name)) if name else diagram.PROJECT
    return h.g(class_="project")[_rect(box, 14), _words(title, box.x + PAD, box.y + 22, "title", 64)]


def _zone(zone: Zone, box: Box, form: Form) -> h.Node:
    letters = int(form.node / LETTER)
    return h.g(class_=f"zone {zone.sort}")[
        _rect(box, 10),
        _words(zone.title, box.x + PAD, box.y + 20, "title", letters),
        _words(zone.sub, box.x + PAD, box.y + 36, "sub", int(form.node / SMALL)) if zone.sub.en else None,
    ]


def _node(node: Node, box: Box) -> h.Node:
    room = box.width - 22
    return h.g(class_=f"node {node.tone if node.tone.isalpha() else 'none'}")[
        h.title[f"{node.title.en}: {node.sub.pt} / {node.sub.en}"],
        _rect(box, 6),
        h.path(class_="bar", d=f"M{box.x + 3:g} {box.y + 6:g}v{box.height - 12:g}"),
        _words(node.title, box.x + 13, box.y + 20, "title", int(room / LETTER)),
        _words(node.sub, box.x + 13, box.y + 36, "sub", int(room / SMALL)),
    ]


def _border(scene: Scene, layout: Layout, form: Form) -> h.Node:
    """The line behind which another country's law counts as well."""
    if layout.border is None or scene.country in {"", "BR"}:
        return None
    x1, y1, x2, y2 = layout.border
    text = (x1 + 4, y1 - 5, "start") if form.narrow else (x1 - 6, y2 - 2, "end")
    return h.g(class_="border")[
        h.path(d=f"M{x1:g} {y1:g}L{x2:g} {y2:g}"),
        [_line(diagram.BORDER, language, text) for language in ("en", "pt")],
    ]


def _line(said: Said, language: str, place: tuple[float, float, str]) -> h.Node:
    text = said.en if language == "en" else said.pt
    lang = "en" if language == "en" else "pt-BR"
    return h.Element("text")(
        class_="sub", lang=lang, x=f"{place[0]:g}", y=f"{place[1]:g}", text_anchor=place[2]
    )[text]


def _rect(box: Box, radius: int) -> h.Node:
    return h.rect(
        x=f"{box.x:g}", y=f"{box.y:g}", width=f"{box.width:g}", height=f"{box.height:g}", rx=str(radius)
    )


def _words(said: Said, x: float, y: float, kind: str, letters: int) -> h.Node:
    """A line of text in both languages, or once when they say the same."""
    return [
        h.Element("text")({"lang": lang} if lang else {}, class_=kind, x=f"{x:g}", y=f"{y:g}")[
            _cut(text, letters)
        ]
        for lang, text in _languages(said)
    ]


def _languages(said: Said) -> Iterator[tuple[str, str]]:
    if said.en == said.pt:
        yield "", said.en
    else:
        yield "en", said.en
        yield "pt-BR", said.pt


def _cut(text: str, letters: int) -> str:
    """What fits: the beginning and the end, since names differ at both."""
    if len(text) <= letters:
        return text
    ending = letters // 3
    return f"{text[: letters - ending - 1]}…{text[-ending:]}"
