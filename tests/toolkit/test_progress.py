"""The line that moves."""

import io

import pytest

from tests.toolkit.terminal import Terminal
from toolkit.progress import Progress


def test_a_terminal_sees_the_count_and_in_the_end_nothing() -> None:
    stream = Terminal()

    with Progress("reading dev", stream) as progress:
        for number in range(1, 1000):
            progress(number)

    states = stream.getvalue().split("\r\x1b[2K")
    assert states[1] == "reading dev ..."
    assert states[-1] == ""
    assert len(states) < 50, "a terminal must not be flooded"


def test_a_log_sees_nothing_at_all() -> None:
    stream = io.StringIO()

    with Progress("reading dev", stream) as progress:
        progress(1)

    assert stream.getvalue() == ""


def test_a_terminal_that_cannot_go_back_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    stream = Terminal()

    with Progress("reading dev", stream) as progress:
        progress(1)

    assert stream.getvalue() == ""
