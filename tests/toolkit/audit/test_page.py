"""The page in a real browser, on a desk and on a phone; and printed."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from policies.kinds import DATABASE
from tests.browser import Browser, browser, missing
from tests.toolkit.audit.hospital import GRANT, PROJECT, accepted, audited, bucket, changed, grant, hospital
from tests.toolkit.exports import row
from toolkit.audit import report as module
from toolkit.audit.matrix import STATUSES
from toolkit.audit.page import written

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "there is one")

ASK = Path(__file__).with_name("inpage.js").read_text(encoding="utf-8")
DESK, PHONE = (1440, 900), (375, 812)
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
LANGUAGES = pytest.mark.parametrize("language", ["pt", "en"])

VIEWER = "roles/storage.objectViewer"
LONG = "a-name-without-any-blank-" * 8
HOSTILE = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"


@pytest.fixture(scope="module")
def shown() -> Iterator[Browser]:
    """A browser for all tests of this file."""
    with browser() as one:
        yield one


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with something of everything: faults, waivers, leaks, changes, long and hostile names."""
    export = hospital(
        bucket(LONG),
        bucket(HOSTILE, labels={"data-classification": HOSTILE}),
        *(bucket(f"ward-{number}") for number in range(70)),
        row("gcp:sql/user:User", "clerk", inputs={"password": "correct-horse-battery"}),
        row("aws:s3:Bucket", "elsewhere"),
        row("random:index/randomPassword:RandomPassword", "made"),
        grant(GRANT, "all", bucket=f"{PROJECT}-documents", role=VIEWER, member="allUsers"),
    )
    since = changed(hospital(bucket("gone")), "documents", inputs={"location": "US"})
    folder = tmp_path_factory.mktemp("page")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "WAIVERS", (accepted("database-current", f"{DATABASE} *"),))
        report = audited(folder, export, since=since)
    file = folder / "page.html"
    file.write_text(written(report, "pt"), encoding="utf-8")
    assert {row.status for row in report.controls} >= {"pass", "fail", "waived", "not applicable"}
    return file


def opened(shown: Browser, page: Path, size: tuple[int, int], language: str = "pt") -> Browser:
    """The page at a size, in a language, everything unfolded."""
    shown.size(*size)
    shown.open(page)
    shown.run(ASK)
    ask(shown, "pick", "language", language)
    return shown


def ask(shown: Browser, name: str, *arguments: Any) -> Any:
    return shown.run(f"asked.{name}({', '.join(map(json.dumps, arguments))})")


def unfold(shown: Browser) -> None:
    shown.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })")


@SIZES
@LANGUAGES
def test_nothing_overflows(shown: Browser, page: Path, size: tuple[int, int], language: str) -> None:
    opened(shown, page, size, language)
    assert ask(shown, "overflow") == []
    unfold(shown)
    assert ask(shown, "overflow") == []


@SIZES
def test_every_text_has_enough_contrast(shown: Browser, page: Path, size: tuple[int, int]) -> None:
    opened(shown, page, size)
    unfold(shown)
    assert ask(shown, "faint") == []


@SIZES
def test_headings_go_down_one_step_at_a_time_and_everything_can_be_reached(
    shown: Browser, page: Path, size: tuple[int, int]
) -> None:
    opened(shown, page, size)
    levels = ask(shown, "headings")
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert ask(shown, "mute") == []
    landmarks = shown.run(
        "[...document.querySelectorAll('header, nav, main, footer')].map((each) => each.tagName)"
    )
    assert landmarks == ["HEADER", "NAV", "MAIN", "FOOTER"]


def test_the_language_switch_changes_every_word(shown: Browser, page: Path) -> None:
    opened(shown, page, DESK)
    portuguese, title = ask(shown, "text"), shown.run("document.title")
    assert "Matriz de controles" in portuguese
    assert "Control matrix" not in portuguese

    ask(shown, "pick", "language", "en")

    english = ask(shown, "text")
    assert "Control matrix" in english
    assert "Matriz de controles" not in english
    assert shown.run("[document.title, document.documentElement.lang]") == [
        title.replace("Relatório de auditoria", "Audit report"),
        "en",
    ]


def test_the_filter_keeps_what_fits_by_verdict_framework_and_text(shown: Browser, page: Path) -> None:
    opened(shown, page, DESK)
    total, rules = ask(shown, "rows"), ask(shown, "rules")
    assert total > 100
    assert rules > 50

    by_status = {}
    for status in STATUSES:
        ask(shown, "pick", "status", status)
        by_status[status] = ask(shown, "rows")
        ask(shown, "pick", "status", status)
    assert sum(by_status.values()) == total
    assert 0 < by_status["fail"] < total
    assert shown.run("document.querySelectorAll('.framework:not([hidden], [open])').length") == 0

    ask(shown, "pick", "status", "fail")
    ask(shown, "pick", "framework", "LGPD")
    both = ask(shown, "rows")
    assert 0 < both < by_status["fail"]
    assert shown.run("document.getElementById('filter-count').value") == f"{both} de {total} controles"

    shown.run("document.querySelector('#filter button').click()")
    shown.run("new Promise((done) => setTimeout(done, 20))")
    assert ask(shown, "rows") == total

    ask(shown, "type", "ward-69")  # it stands in the evidence that is not on the page yet
    assert ask(shown, "rows") == 0
    assert 0 < ask(shown, "rules") < rules
    ask(shown, "type", "nothing-is-called-so")
    assert "Nada corresponde a este filtro." in ask(shown, "text")


def test_a_link_opens_its_rule_even_when_it_is_filtered_out(shown: Browser, page: Path) -> None:
    opened(shown, page, DESK)
    ask(shown, "type", "nothing-is-called-so")
    shown.run("location.hash = '#rule-bucket-private'")
    shown.run("new Promise((done) => setTimeout(done, 60))")
    assert shown.run("document.getElementById('rule-bucket-private').open")
    assert shown.run("document.getElementById('rule-bucket-private').checkVisibility()")


def test_later_evidence_is_unfolded_on_demand(shown: Browser, page: Path) -> None:
    opened(shown, page, DESK)
    count = "document.querySelectorAll('#rule-bucket-private tbody tr').length"
    before = shown.run(count)
    shown.run("document.querySelector('#rule-bucket-private button.more').click()")
    assert shown.run(count) > before == 50
    assert shown.run("document.querySelector('#rule-bucket-private button.more')") is None
    last = shown.run("document.querySelector('#rule-bucket-private tbody tr:last-child').textContent")
    assert "ward-" in last


def test_a_hostile_name_runs_nothing_and_the_page_asks_for_nothing(shown: Browser, page: Path) -> None:
    shown.size(*DESK)
    shown.open(page)
    shown.run("document.querySelectorAll('button.more').forEach((each) => each.click())")

    assert "taken" not in shown.run("document.title")
    assert "onerror" in shown.run("document.body.textContent"), "it is told as text"
    assert shown.run("document.querySelectorAll('img').length") == 0
    assert (
        shown.run(
            "performance.getEntriesByType('resource').filter((e) => !e.name.startsWith('data:')).length"
        )
        == 0
    )
    problems = [
        each for each in shown.events if each["method"] in {"Log.entryAdded", "Runtime.exceptionThrown"}
    ]
    assert problems == []
    assert shown.run("[...document.fonts].filter((font) => font.status === 'loaded').length") == 2


def test_a_script_and_a_picture_that_are_not_ours_are_refused(
    shown: Browser, page: Path, tmp_path: Path
) -> None:
    evil = tmp_path / "evil.html"
    planted = "<script>document.title='taken'</script><img src='spy.png'><footer>"
    text = page.read_text(encoding="utf-8").replace("<footer>", planted)
    assert planted in text
    evil.write_text(text, encoding="utf-8")

    shown.open(evil)

    assert "taken" not in shown.run("document.title")
    said = [each["params"]["entry"]["text"] for each in shown.events if each["method"] == "Log.entryAdded"]
    assert any("script-src" in each for each in said)
    assert any("spy.png" in each and "default-src" in each for each in said)


def test_each_size_sees_its_own_picture(shown: Browser, page: Path) -> None:
    for size, name in ((DESK, "wide"), (PHONE, "narrow")):
        opened(shown, page, size)
        pictures = shown.run(
            "[...document.querySelectorAll('.diagram')].filter((each) => each.checkVisibility())"
            ".map((each) => each.getAttribute('class'))"
        )
        assert pictures == [f"diagram {name}"]


def test_it_prints_on_paper_with_everything_unfolded(shown: Browser, page: Path, tmp_path: Path) -> None:
    opened(shown, page, DESK)
    paper = tmp_path / "paper.pdf"
    shown.paper(paper)
    content = paper.read_bytes()
    assert content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type ?/Page\b", content)) > 20
    assert re.search(rb"/MediaBox ?\[0 0 59[45]\.?\d* 84[12]", content), "A4"
    assert shown.run("document.querySelectorAll('details:not([open])').length") == 0


def test_motion_is_spared_for_whoever_wants_none(shown: Browser, page: Path) -> None:
    shown.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
    shown.open(page)
    assert shown.run("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    shown.call("Emulation.setEmulatedMedia", features=[])
