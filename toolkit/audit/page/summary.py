"""The first screen: the verdict, the numbers, and what was judged."""

from collections.abc import Iterator

import htpy as h

from toolkit.audit.matrix import STATUSES
from toolkit.audit.page.elements import badge, identifier, listed, say, section, table
from toolkit.audit.provenance import Provenance
from toolkit.audit.report import Report
from toolkit.audit.words import Said, matrix, page

WIDTH = 1000
"""Of the bar, in its own units."""


def verdict(report: Report) -> h.Node:
    """What the whole report comes to, in one or two sentences."""
    tone = "fail" if report.refused else "pass"
    return h.p(class_=f"verdict {tone}")[[[say(said), " "] for said in _sentences(report)]]


def _sentences(report: Report) -> Iterator[Said]:
    faults, clear = len(report.mandatory), len(report.leaks)
    if faults:
        yield page.UNSOUND_ONE if faults == 1 else page.UNSOUND.fill(count=faults)
    if clear:
        yield page.CLEAR_ONE if clear == 1 else page.CLEAR.fill(count=clear)
    if not faults and not clear:
        yield page.SOUND_SO_FAR if report.counts["unknown"] else page.SOUND


def summary(report: Report) -> h.Element:
    """Numbers by verdict and framework, and what an auditor writes down."""
    good = report.counts["pass"] + report.counts["waived"]
    numbers = page.CONTROLS.fill(
        good=good,
        total=len(report.controls) - report.counts["not applicable"],
        rules=len(report.rules),
        resources=report.resources,
    )
    return section(
        "summary",
        page.SUMMARY,
        h.p(class_="lead")[say(numbers)],
        _bar(report),
        h.ul(class_="counts")[
            [
                h.li[h.span(class_="number")[str(count)], badge(status)]
                for status, count in report.counts.items()
            ]
        ],
        h.div(class_="pair")[
            h.div[h.h3[say(page.BY_FRAMEWORK)], _frameworks(report)],
            h.div[h.h3[say(page.JUDGED)], _facts(report)],
        ],
    )


def _bar(report: Report) -> h.Node:
    """The counts as one bar; the list below says the same in numbers."""
    total = sum(report.counts.values()) or 1
    x, parts = 0.0, []
    for status, count in report.counts.items():
        width = WIDTH * count / total
        if count:
            kind = status.replace(" ", "-")
            parts.append(h.rect(class_=kind, x=f"{x:.1f}", y="0", width=f"{max(width, 3):.1f}", height="10"))
        x += width
    return h.svg(
        class_="bar-chart", viewBox=f"0 0 {WIDTH} 10", preserveAspectRatio="none", aria_hidden="true"
    )[parts]


def _frameworks(report: Report) -> h.Node:
    names = [*dict.fromkeys(row.framework for row in report.controls)]
    counts = {name: dict.fromkeys(STATUSES, 0) for name in names}
    for row in report.controls:
        counts[row.framework][row.status] += 1
    used = [status for status in STATUSES if report.counts[status]]
    heads = [page.FRAMEWORK, *(matrix.STATUS[status] for status in used)]
    rows = [[h.strong[name], *(_count(counts[name][status]) for status in used)] for name in names]
    return table(page.BY_FRAMEWORK, heads, rows, "numbers")


def _count(count: int) -> h.Node:
    return str(count) if count else h.span(class_="zero")["0"]


def _facts(report: Report) -> h.Element:
    return h.dl(class_="facts")[[[h.div[h.dt[say(name)], h.dd[value]]] for name, value in _told(report)]]


def _told(report: Report) -> Iterator[tuple[Said, h.Node]]:
    origin = report.provenance
    yield page.STACK, f"{report.project} / {report.stack}"
    kind = page.PREVIEW if origin.kind == "preview" else page.EXPORT
    yield page.SOURCE, [say(kind), h.br, identifier(origin.source)]
    if origin.digest:
        yield page.DIGEST, identifier(origin.digest)
    if origin.written:
        by = page.ENGINE.fill(version=origin.engine)
        yield page.WRITTEN, [f"{origin.written.replace('T', ' ')} UTC ", say(by) if origin.engine else None]
    yield page.COMMIT if origin.kind == "preview" else page.RULES_COMMIT, _commit(origin)
    yield page.TIME, f"{origin.at:%Y-%m-%d %H:%M} UTC"
    yield page.TOOLS, listed([f"{name} {version}" for name, version in origin.tools.items()])
    yield page.RESOURCES, str(report.resources)
    if report.notes:
        yield page.NOTES, listed([identifier(note) for note in report.notes])


def _commit(origin: Provenance) -> h.Node:
    if not origin.commit:
        return say(page.NO_COMMIT)
    return [identifier(origin.commit[:12]), [" ", h.em[say(page.DIRTY)]] if origin.dirty else None]
