"""Pipes and terminals: widths, colours, and no text that could command them."""

import re

import pytest

from tests.toolkit.graphs import BUCKET, resource
from tests.toolkit.screen.pages import LONG, ROOT, clinic, previewed, printed
from tests.toolkit.terminal import Terminal


def test_a_pipe_gets_whole_names_and_no_colours() -> None:
    text = printed(previewed(clinic(resource(BUCKET, LONG, parent=ROOT))), all=True)

    assert LONG in text
    assert "\x1b" not in text
    assert not [line for line in text.splitlines() if line != line.rstrip()]


@pytest.mark.parametrize("width", [60, 80, 200])
def test_a_terminal_gets_no_line_that_is_wider_than_itself(
    monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    new = clinic(resource(BUCKET, LONG, parent=ROOT, inputs={"text": "x" * 300}), exports={"long": "y" * 300})

    text = printed(previewed(new, clinic()), Terminal(), diff=True)

    plain = re.sub(r"\x1b\[[\d;]*m", "", text)
    assert plain != text, "a terminal gets colours"
    assert max(map(len, plain.splitlines())) <= width
    assert LONG in re.sub(r"\s+", "", plain), "nothing is cut off"


def test_no_colour_is_used_when_the_reader_wants_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")

    assert not re.search(r"\x1b\[[\d;]*3\dm", printed(previewed(clinic()), Terminal()))


def test_no_name_or_value_can_command_the_terminal() -> None:
    new = clinic(
        resource(BUCKET, "a\x1b[2Jb", parent=ROOT, inputs={"k\x1b": "v\x1b"}), exports={"\x1b": "\x07"}
    )

    preview = previewed(new, clinic())
    for text in (printed(preview), printed(preview, all=True), printed(preview, diff=True)):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text)
