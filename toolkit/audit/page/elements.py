"""What every section of the page is made of. All text goes through ``htpy``, which escapes it."""

from collections.abc import Callable, Sequence
from typing import Final

import htpy as h

from toolkit.audit.words import Said, matrix, page
from toolkit.judge import Status

PORTUGUESE: Final = "pt-BR"

FIRST: Final = 100
"""So many rows of a table stand on the page; more are in the JSON document."""


def say(said: Said) -> h.Node:
    """A sentence in both languages, of which the page shows one; a name only once."""
    if said.en == said.pt:
        return said.en
    return [h.span(lang=PORTUGUESE)[said.pt], h.span(lang="en")[said.en]]


def section(name: str, title: Said, *content: h.Node) -> h.Element:
    """One chapter of the report."""
    return h.section(id=name, aria_labelledby=f"{name}-title")[h.h2(id=f"{name}-title")[say(title)], content]


def lead(said: Said) -> h.Element:
    """What a reader must know before a table."""
    return h.p(class_="lead")[say(said)]


def badge(status: Status) -> h.Element:
    """A verdict as a word with a sign, so that nobody needs its colour."""
    kind = status.replace(" ", "-")
    sign = h.svg(class_="sign", viewBox="0 0 16 16", aria_hidden="true")[h.use(href=f"#sign-{kind}")]
    return h.span(class_=f"badge {kind}")[sign, say(matrix.STATUS[status])]


def identifier(text: str) -> h.Element:
    """A technical name: in a face that tells all its letters apart, broken where it must."""
    return h.code[text]


def resource(kind: str, name: str, urn: str) -> h.Node:
    """A resource by name and type; its whole address at hand."""
    shown = kind.rpartition(":")[2] or kind
    return [h.strong(class_="name", title=urn)[name or urn], " ", h.span(class_="kind")[shown]]


def listed(items: Sequence[h.Node], empty: h.Node = None) -> h.Node:
    """Several statements, one below the other."""
    if not items:
        return empty
    return h.ul(class_="plain")[[h.li[item] for item in items]]


Row = Sequence[h.Node]


def table(caption: Said, heads: Sequence[Said], rows: Sequence[Row], kind: str = "") -> h.Node:
    """A table that becomes a list of cards on a phone. Its caption is for whoever does not see it."""
    shown = rows[:FIRST]
    rest = len(rows) - len(shown)
    return [
        h.table(class_=f"cards {kind}", role="table")[
            h.caption(class_="unseen")[say(caption)],
            h.thead(role="rowgroup")[
                h.tr(role="row")[[h.th(scope="col", role="columnheader")[say(head)] for head in heads]]
            ],
            h.tbody(role="rowgroup")[(_row(heads, row) for row in shown)],
        ],
        h.p(class_="rest")[say(page.MORE.fill(count=rest))] if rest > 0 else None,
    ]


def _row(heads: Sequence[Said], row: Row) -> h.Element:
    return h.tr(role="row")[
        [
            h.td(role="cell")[h.span(class_="head", aria_hidden="true")[say(head)], h.div[cell]]
            for head, cell in zip(heads, row, strict=True)
        ]
    ]


def rows_of(items: Sequence[object], make: Callable[..., Row]) -> list[Row]:
    """A row for each item, but none that no table would show."""
    return [make(item) if index < FIRST else () for index, item in enumerate(items)]
