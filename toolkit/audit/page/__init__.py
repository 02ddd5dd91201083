"""The report as one page that needs nothing but itself."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import htpy as h
from markupsafe import Markup

from toolkit.audit.page.architecture import architecture
from toolkit.audit.page.controls import controls, evidence
from toolkit.audit.page.elements import PORTUGUESE, say
from toolkit.audit.page.ending import changes, kinds, method
from toolkit.audit.page.faults import faults
from toolkit.audit.page.signs import signs
from toolkit.audit.page.summary import summary, verdict
from toolkit.audit.page.tables import secrets, stores, transfers, waivers
from toolkit.audit.report import Report
from toolkit.audit.words import Said, matrix, page
from toolkit.audit.words.said import Language

HERE: Final = Path(__file__).parent
FONTS: Final = {"--next--": "next.woff2", "--mono--": "mono.woff2"}
"""Marks in the style sheet, and the files that stand there as data."""


def written(report: Report, language: Language) -> str:
    """The page as text. It opens in ``language``, and holds the other one as well."""
    style, script = _style(), (HERE / "script.js").read_text(encoding="utf-8")
    titles = Said(f"{page.EYEBROW.en}: {_name(report)}", f"{page.EYEBROW.pt}: {_name(report)}")
    document = h.html(
        lang=PORTUGUESE if language == "pt" else "en",
        data_lang=language,
        data_title_pt=titles.pt,
        data_title_en=titles.en,
    )[
        h.head[
            h.meta(charset="utf-8"),
            h.meta(http_equiv="Content-Security-Policy", content=_policy(style, script)),
            h.meta(name="viewport", content="width=device-width, initial-scale=1"),
            h.meta(name="referrer", content="no-referrer"),
            h.title[titles.pt if language == "pt" else titles.en],
            h.style[Markup(style)],  # noqa: S704 - our own file
        ],
        h.body[
            signs(),
            h.a(class_="skip", href="#report")[say(page.SKIP)],
            _masthead(report, language),
            h.div(class_="sheet")[_contents(report), h.main(id="report")[_sections(report)]],
            _footer(report),
            h.script[Markup(script)],  # noqa: S704 - our own file
        ],
    ]
    return str(document)


def _name(report: Report) -> str:
    return f"{report.project} / {report.stack}"


def _policy(style: str, script: str) -> str:
    """Nothing may be loaded and nothing may run but what stands here: a hostile name gets nowhere."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _style() -> str:
    """The style sheet, its fonts inside."""
    text = "".join(
        (HERE / f"{name}.css").read_text(encoding="utf-8") for name in ("style", "diagram", "print")
    )
    for mark, file in FONTS.items():
        text = text.replace(mark, base64.b64encode((HERE / "fonts" / file).read_bytes()).decode())
    return text


def _masthead(report: Report, language: Language) -> h.Element:
    return h.header(class_="masthead")[
        h.div(class_="inner")[
            h.div(class_="line")[h.p(class_="eyebrow")[say(page.EYEBROW)], _switch(language)],
            h.h1[_name(report)],
            verdict(report),
        ]
    ]


def _switch(language: Language) -> h.Element:
    """Shown when scripts run; without them the page stays in the language it was written in."""
    return h.fieldset(class_="switch", id="language", hidden=True)[
        h.legend(class_="unseen")[say(page.LANGUAGE)],
        [
            h.label(class_="choice")[
                h.input(type="radio", name="language", value=value, checked=value == language),
                h.span(class_="kept", lang=lang)[name],
            ]
            for value, lang, name in (("pt", PORTUGUESE, "Português"), ("en", "en", "English"))
        ],
    ]


def _parts(report: Report) -> Iterator[tuple[str, Said]]:
    yield "summary", page.SUMMARY
    yield "mend", page.MEND
    yield "architecture", page.ARCHITECTURE
    yield "controls", matrix.TITLE
    yield "evidence", matrix.EVIDENCE_TITLE
    yield "stores", page.STORES
    yield "transfers", page.TRANSFERS
    yield "secrets", page.SECRETS
    yield "waivers", page.WAIVERS
    if report.since:
        yield "changes", page.CHANGES
    yield "kinds", page.KINDS
    yield "method", page.METHOD


def _contents(report: Report) -> h.Element:
    return h.nav(class_="contents", aria_labelledby="contents-title")[
        h.p(id="contents-title", class_="eyebrow")[say(page.CONTENTS)],
        h.ol[[h.li[h.a(href=f"#{name}")[say(title)]] for name, title in _parts(report)]],
    ]


def _sections(report: Report) -> Iterator[h.Node]:
    yield summary(report)
    yield faults(report)
    yield architecture(report)
    yield controls(report)
    yield evidence(report)
    yield stores(report)
    yield transfers(report)
    yield secrets(report)
    yield waivers(report)
    if report.since:
        yield changes(report.since)
    yield kinds(report)
    yield method()


def _footer(report: Report) -> h.Element:
    return h.footer[h.p[say(page.EYEBROW), f" · {_name(report)} · {report.provenance.at:%Y-%m-%d %H:%M} UTC"]]
