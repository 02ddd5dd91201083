"""What must be mended, and secrets that stand in clear."""

import htpy as h

from toolkit.audit.leaks import Leak
from toolkit.audit.page.elements import Row, identifier, lead, rows_of, say, section, table
from toolkit.audit.report import Report
from toolkit.audit.words import matrix, page
from toolkit.judge import Violation


def faults(report: Report) -> h.Element:
    """Everything that speaks against the stack."""
    found = sorted(report.violations, key=lambda each: each.severity != "mandatory")
    heads = [page.RULE, page.RESOURCE, page.WHAT]
    return section(
        "mend",
        page.MEND,
        lead(page.MEND_LEAD) if found or report.leaks else h.p[say(page.NOTHING_TO_MEND)],
        table(page.MEND, heads, rows_of(found, _fault), "faults") if found else None,
        _leaks(report) if report.leaks else None,
    )


def _fault(violation: Violation) -> Row:
    rule = [
        h.a(href=f"#rule-{violation.rule}")[violation.rule],
        h.br,
        say(matrix.SEVERITY[violation.severity]),
    ]
    return [rule, _address(violation.urn), violation.message]


def _address(urn: str) -> h.Node:
    """The name and the type in an address."""
    if not urn:
        return say(page.STACK_ITSELF)
    kind, _, name = urn.rpartition("::")
    shown = kind.rpartition(":")[2]
    return [h.strong(class_="name", title=urn)[name], " ", h.span(class_="kind")[shown]]


def _leaks(report: Report) -> h.Node:
    heads = [page.RESOURCE, matrix.PROPERTY, page.SEEN]
    return [
        h.h3[say(page.LEAKS)],
        lead(page.LEAKS_LEAD),
        table(page.LEAKS, heads, rows_of(report.leaks, _leak), "leaks"),
    ]


def _leak(leak: Leak) -> Row:
    return [_address(leak.urn), identifier(leak.path), say(page.REASONS[leak.reason])]
