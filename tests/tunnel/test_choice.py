"""Which tunnel carries a hospital's traffic."""

import pytest

from tunnel.choice import DEAD, SETTLED, Choice

ORDER = ["link-a0", "link-b0"]


def run(choice: Choice, seconds: float, *answering: str, begin: float = 0) -> float:
    """Half-second looks, at which only these answer; the time after the last."""
    now = begin
    while now < begin + seconds:
        for name in answering:
            choice.lines[name].note(now)
        choice.decide(ORDER, now)
        now += 0.5
    return now


@pytest.fixture
def choice() -> Choice:
    made = Choice()
    made.decide(ORDER, 0)
    return made


def test_nothing_is_used_before_anything_answers(choice: Choice) -> None:
    assert choice.used is None


def test_the_first_that_answers_is_used_at_once(choice: Choice) -> None:
    run(choice, 1, "link-b0")
    assert choice.used == "link-b0"


def test_a_dead_tunnel_is_left_within_two_seconds(choice: Choice) -> None:
    now = run(choice, 20, *ORDER)
    assert choice.used == "link-a0"
    run(choice, DEAD + 0.5, "link-b0", begin=now)
    assert choice.used == "link-b0"


def test_one_lost_answer_changes_nothing(choice: Choice) -> None:
    now = run(choice, 20, *ORDER)
    run(choice, 1, "link-b0", begin=now)
    assert choice.used == "link-a0"


def test_a_better_tunnel_is_trusted_again_once_it_has_settled(choice: Choice) -> None:
    now = run(choice, 5, "link-b0")
    now = run(choice, SETTLED - 1, *ORDER, begin=now)
    assert choice.used == "link-b0"
    run(choice, 2, *ORDER, begin=now)
    assert choice.used == "link-a0"


def test_while_nothing_answers_the_traffic_stays_where_it_is(choice: Choice) -> None:
    now = run(choice, 20, *ORDER)
    run(choice, 60, begin=now)
    assert choice.used == "link-a0"


def test_a_tunnel_that_is_no_more_is_left_at_once(choice: Choice) -> None:
    now = run(choice, 20, *ORDER)
    assert choice.decide(["link-b0"], now) == "link-b0"
