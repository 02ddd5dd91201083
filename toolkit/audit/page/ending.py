"""What changed, which types there are, and how to read all this."""

import htpy as h

from toolkit.audit.changes import Changed, Since, Turned
from toolkit.audit.matrix import STATUSES
from toolkit.audit.page.elements import (
    Row,
    badge,
    identifier,
    lead,
    listed,
    resource,
    rows_of,
    say,
    section,
    table,
)
from toolkit.audit.report import Kind, Report
from toolkit.audit.words import matrix, page
from toolkit.audit.words import tables as words


def changes(since: Since) -> h.Element:
    """Verdicts first: they are what an auditor asks about."""
    origin = since.provenance
    compared = words.CHANGES_LEAD.fill(source=origin.source, time=origin.written.replace("T", " ") or "?")
    verdicts = rows_of(since.verdicts, _turned)
    resources = rows_of(since.resources, _changed)
    before_after = [matrix.CONTROL, words.BEFORE, words.AFTER]
    what = [page.RESOURCE, words.OPERATION, words.PROPERTIES]
    return section(
        "changes",
        page.CHANGES,
        lead(compared),
        h.p(class_="broken")[say(words.FOREIGN)] if since.foreign else None,
        h.h3[say(words.VERDICTS)],
        table(words.VERDICTS, before_after, verdicts, "verdicts")
        if verdicts
        else h.p[say(words.SAME_VERDICTS)],
        h.h3[say(words.CHANGED)],
        table(words.CHANGED, what, resources, "changed") if resources else h.p[say(words.NO_CHANGES)],
    )


def _turned(turned: Turned) -> Row:
    worse = [" ", h.em[say(words.WORSE)]] if turned.worse else None
    return [
        h.strong[turned.control],
        badge(turned.before) if turned.before else "-",
        [badge(turned.after) if turned.after else "-", worse],
    ]


def _changed(changed: Changed) -> Row:
    said = words.OPERATIONS[changed.operation]
    return [
        resource(changed.type, changed.name, changed.urn),
        h.span(class_=f"operation {changed.operation}")[say(said)],
        listed([identifier(path) for path in changed.paths], "-"),
    ]


def kinds(report: Report) -> h.Element:
    """Everything by type, so that nothing is passed over in silence."""
    titles = [words.KIND, words.COUNT, words.HOLDS, words.RULES]
    body = table(page.KINDS, titles, rows_of(report.kinds, _kind), "kinds")
    fold = h.details(class_="fold")[h.summary[f"{len(report.kinds)} ", say(page.KINDS)], body]
    return section("kinds", page.KINDS, lead(words.KINDS_LEAD), fold)


def _kind(kind: Kind) -> Row:
    strange = None if kind.known else h.div(class_="kind")[say(words.UNKNOWN_KIND)]
    return [
        [identifier(kind.type), strange],
        str(kind.count),
        say(page.YES if kind.store else page.NO),
        str(len(kind.rules)) if kind.rules else h.span(class_="zero")["0"],
    ]


def method() -> h.Element:
    """What each verdict means, and what the report cannot see."""
    return section(
        "method",
        page.METHOD,
        h.dl(class_="meanings")[
            [h.div[h.dt[badge(status)], h.dd[say(matrix.MEANING[status])]] for status in STATUSES]
        ],
        [h.p[say(said)] for said in (page.METHOD_LEAD, page.NOT_SEEN, page.BY_TESTS, page.MASKED)],
    )
