"""The control matrix with its filter, and the evidence of every rule."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

import htpy as h
from markupsafe import Markup

from toolkit.audit.matrix import STATUSES, ControlRow, Piece, RuleRow, counted
from toolkit.audit.page.elements import badge, identifier, lead, resource, say, section
from toolkit.audit.report import Report
from toolkit.audit.words import Said, matrix
from toolkit.judge import Status

LAWS: Final = frozenset({"LGPD", "HIPAA"})
"""Frameworks that stand open at first; benchmarks are folded."""

AT_ONCE: Final = 50
"""So many pieces of evidence of a rule stand on the page; the page's script unfolds the others."""

EMBEDDED: Final = 20_000
"""So many pieces of evidence the page carries in all; what is beyond is in the JSON document."""


def controls(report: Report) -> h.Element:
    """From each control to its rules."""
    rules = {rule.id: rule for rule in report.rules}
    names = [*dict.fromkeys(row.framework for row in report.controls)]
    return section(
        "controls",
        matrix.TITLE,
        lead(matrix.LEAD),
        _filter(names),
        [_framework(name, report.controls, rules) for name in names],
        h.p(class_="none-left", hidden=True)[say(matrix.NONE_LEFT)],
    )


def _filter(names: Sequence[str]) -> h.Element:
    """Works on the matrix and on the evidence below it; without scripts it is not shown."""
    return h.form(id="filter", class_="filter", hidden=True, aria_labelledby="filter-title")[
        h.h3(id="filter-title", class_="unseen")[say(matrix.FILTER)],
        h.fieldset[
            h.legend[say(matrix.BY_STATUS)],
            [_choice("status", status, badge(status)) for status in STATUSES],
        ],
        h.fieldset[h.legend[say(matrix.BY_FRAMEWORK)], [_choice("framework", name, name) for name in names]],
        h.div(class_="search")[
            h.label(for_="filter-text")[say(matrix.BY_TEXT)],
            h.input(id="filter-text", type="search", autocomplete="off", spellcheck="false"),
            h.button(type="reset")[say(matrix.CLEAR)],
            h.output(id="filter-count", aria_live="polite", data_pt=matrix.SHOWN.pt, data_en=matrix.SHOWN.en),
        ],
    ]


def _choice(group: str, value: str, shown: h.Node) -> h.Element:
    return h.label(class_="choice")[h.input(type="checkbox", name=group, value=value), h.span[shown]]


def _framework(name: str, rows: Sequence[ControlRow], rules: Mapping[str, RuleRow]) -> h.Element:
    heads = (matrix.CONTROL, matrix.REQUIREMENT, matrix.RULES, matrix.VERDICT)
    mine = [row for row in rows if row.framework == name]
    return h.details(class_="framework", open=name in LAWS)[
        h.summary[h.h3[name], h.span(class_="counts-line")[_counts(counted(row.status for row in mine))]],
        h.table(class_="cards matrix", role="table")[
            h.caption(class_="unseen")[name],
            h.thead(role="rowgroup")[
                h.tr(role="row")[[h.th(scope="col", role="columnheader")[say(head)] for head in heads]]
            ],
            h.tbody(role="rowgroup")[(_control(row, heads, rules) for row in mine)],
        ],
    ]


def _control(row: ControlRow, heads: Sequence[Said], rules: Mapping[str, RuleRow]) -> h.Element:
    cells = [
        h.strong[row.id],
        say(row.requirement),
        h.ul(class_="plain")[[h.li[_rule_link(rules[rule])] for rule in row.rules]],
        badge(row.status),
    ]
    return h.tr(
        role="row", class_="filtered", data_status=row.status, data_frameworks=json.dumps([row.framework])
    )[
        [
            h.td(role="cell")[h.span(class_="head", aria_hidden="true")[say(head)], h.div[cell]]
            for head, cell in zip(heads, cells, strict=True)
        ]
    ]


def _rule_link(rule: RuleRow) -> h.Node:
    counts = ", ".join(f"{count} {status}" for status, count in rule.counts.items())
    kind = rule.status.replace(" ", "-")
    sign = h.svg(class_=f"sign {kind}", viewBox="0 0 16 16", aria_hidden="true")[h.use(href=f"#sign-{kind}")]
    return h.a(href=f"#rule-{rule.id}", title=counts)[sign, say(rule.title)]


def evidence(report: Report) -> h.Element:
    """Every rule with what it found, folded as long as nobody asks."""
    frameworks = {row.id: row.framework for row in report.controls}
    room = EMBEDDED
    rules = []
    for rule in report.rules:
        later = rule.pieces[AT_ONCE : AT_ONCE + room]
        room -= len(later)
        rules.append(_rule(rule, later, frameworks))
    return section(
        "evidence",
        matrix.EVIDENCE_TITLE,
        lead(matrix.EVIDENCE_LEAD),
        rules,
        h.p(class_="none-left", hidden=True)[say(matrix.NONE_LEFT)],
        [h.template(id=f"badge-{status.replace(' ', '-')}")[badge(status)] for status in STATUSES],
    )


def _rule(rule: RuleRow, later: Sequence[Piece], frameworks: Mapping[str, str]) -> h.Element:
    named = sorted({frameworks[control] for control in rule.controls if control in frameworks})
    return h.details(
        id=f"rule-{rule.id}",
        class_="rule filtered",
        data_status=rule.status,
        data_frameworks=json.dumps(named),
    )[
        h.summary[
            badge(rule.status),
            h.h3[say(rule.title)],
            h.span(class_="counts-line")[_counts(rule.counts)],
        ],
        h.p(class_="serves")[
            identifier(rule.id),
            " · ",
            say(matrix.SEVERITY[rule.severity]),
            " · ",
            say(matrix.SERVES),
            " ",
            ", ".join(rule.controls),
        ],
        h.p(class_="broken")[say(matrix.BROKEN), " ", identifier(rule.error)] if rule.error else None,
        _pieces(rule, later) if rule.pieces else h.p[say(matrix.NOTHING)],
    ]


def _counts(counts: Mapping[Status, int]) -> h.Node:
    return [
        [" · " if index else None, f"{count} ", h.span(class_="lower")[say(matrix.STATUS[status])]]
        for index, (status, count) in enumerate(counts.items())
    ]


def _pieces(rule: RuleRow, later: Sequence[Piece]) -> h.Node:
    heads = (matrix.RESOURCE, matrix.PROPERTY, matrix.VALUE, matrix.VERDICT)
    left = len(rule.pieces) - AT_ONCE - len(later)
    return [
        h.table(class_="pieces", role="table")[
            h.thead(role="rowgroup")[
                h.tr(role="row")[[h.th(scope="col", role="columnheader")[say(head)] for head in heads]]
            ],
            h.tbody(role="rowgroup")[(_piece(piece) for piece in rule.pieces[:AT_ONCE])],
        ],
        _later(rule, later) if later else None,
        h.p(class_="rest")[say(matrix.IN_JSON.fill(count=left))] if left > 0 else None,
    ]


def _piece(piece: Piece) -> h.Element:
    """One row; the script makes the later ones in the same form."""
    told = piece.fault or piece.waiver
    return h.tr(role="row")[
        h.td(role="cell")[resource(piece.type, piece.name, piece.urn)],
        h.td(role="cell")[identifier(piece.path)],
        h.td(role="cell")[
            identifier(piece.value) if piece.value else h.span(class_="unset")[say(matrix.MISSING)],
            h.p(class_="told")[told] if told else None,
        ],
        h.td(role="cell")[badge(piece.status)],
    ]


def _later(rule: RuleRow, pieces: Sequence[Piece]) -> h.Node:
    """The other pieces as data, which a browser does not lay out before somebody asks."""
    data = [
        [
            piece.type,
            piece.name,
            piece.urn,
            piece.path,
            piece.value,
            piece.status,
            piece.fault or piece.waiver,
        ]
        for piece in pieces
    ]
    return [
        h.button(class_="more", type="button", hidden=True, data_rows=f"rows-{rule.id}")[
            say(matrix.MORE.fill(count=len(pieces)))
        ],
        h.script(id=f"rows-{rule.id}", type="application/json")[embedded(data)],
    ]


def embedded(data: object) -> Markup:
    """Data as JSON that no browser can take for markup, whatever it holds."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(safe)  # noqa: S704 - nothing is left in it that ends a script or begins a tag
