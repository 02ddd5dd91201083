"""What each check says of a value, whether it comes from a preview or from a state."""

from typing import Any

import pytest

from policies.checks import (
    Check,
    absent,
    at_least,
    at_most,
    contains,
    equals,
    every,
    excludes,
    false,
    like,
    none_of,
    one_of,
    present,
    said,
    some,
    true,
)
from tests.toolkit.graphs import BUCKET, resource
from toolkit.values import UNKNOWN, Default, Secret

A = "a"
CHECKS: list[tuple[Check, list[object], list[object], list[object]]] = [
    (equals(A, 5), [5, 5.0, Default(5.0), Secret(5)], [6, "5", None], [UNKNOWN, Secret(UNKNOWN)]),
    (equals(A, value=True, unset=True), [True, None], [False], [UNKNOWN]),
    (true(A), [True, Default(value=True)], [False, "true", None], [UNKNOWN]),
    (false(A), [False], [True, None], [UNKNOWN]),
    (one_of(A, "x", "y"), ["x", Default("y")], ["z", None], [UNKNOWN]),
    (none_of(A, "x"), ["y", None], ["x", Secret("x")], [UNKNOWN]),
    (none_of(A, "x", given=True), ["y", None], ["x"], []),
    (present(A, "write it"), ["x", ["x"], {"x": 1}], [None, "", [], {}, False, Default("")], []),
    (said(A, "say it"), [False, True, 0], [None], []),
    (absent(A), [None, False, [], "", Default(value=False)], [True, ["x"], {"x": 1}], [UNKNOWN]),
    (at_least(A, 7), [7, 7.0, "7", "8", Default(9)], [6, "6", None, True, "many"], [UNKNOWN]),
    (at_most(A, 90, "s"), ["90s", "1.5s", 90], ["91s", "0s", None, "soon"], [UNKNOWN]),
    (contains(A, "x", "y"), [["y", "x"]], [["x"], None, "xy"], [["x", UNKNOWN], UNKNOWN]),
    (excludes(A, "x"), [["y"], None], [["x"], ["x", UNKNOWN]], [["y", UNKNOWN], UNKNOWN]),
    (every(A, bool, "all", 0), [[1, 2], None], [[0, 1], [0, UNKNOWN]], [[1, UNKNOWN], UNKNOWN]),
    (some(A, bool, "one"), [[0, 1], [1, UNKNOWN]], [[0], None], [[0, UNKNOWN], UNKNOWN]),
    (like(A, str.isupper, "shout"), ["X"], ["x", None, 1], [UNKNOWN]),
]


def statuses(check: Check, value: object) -> list[str]:
    return [evidence.status for evidence in check.evidence(resource(BUCKET, "it", inputs={A: value}))]


@pytest.mark.parametrize(("check", "right", "wrong", "unknown"), CHECKS)
def test_a_check_tells_right_from_wrong_and_from_unknown(
    check: Check, right: list[object], wrong: list[object], unknown: list[object]
) -> None:
    assert [value for value in right if statuses(check, value) != ["pass"]] == []
    assert [value for value in wrong if statuses(check, value) != ["fail"]] == []
    assert [value for value in unknown if statuses(check, value) != ["unknown"]] == []


@pytest.mark.parametrize("check", [each for each, *_ in CHECKS])
def test_a_check_knows_values_that_are_wrong(check: Check) -> None:
    assert check.wrong


def fault(check: Check, **inputs: Any) -> str:
    (evidence,) = check.evidence(resource(BUCKET, "it", inputs=inputs))
    return evidence.fault


def test_a_fault_says_what_is_there_and_what_to_write() -> None:
    assert fault(true("a.b")) == "a.b is missing; set it to True"
    assert fault(at_most("a", 90, "s"), a="91s") == "a is '91s'; set it to 90s or less"
    assert fault(equals("a", "x"), a="y" * 200) == f"a is '{'y' * 79}...; set it to 'x'"


def test_a_fault_never_tells_a_secret() -> None:
    said_of_it = fault(equals("a", "x"), a=Secret("hunter2"))
    (evidence,) = equals("a", "hunter2").evidence(resource(BUCKET, "it", inputs={"a": Secret("hunter2")}))

    assert said_of_it == "a is [secret]; set it to 'x'"
    assert "hunter2" not in repr(evidence)


def test_what_only_the_deployment_can_tell_is_proven_by_where_it_comes_from() -> None:
    key = "urn:pulumi:dev::clinic::gcp:kms/cryptoKey:CryptoKey::documents"
    tied = resource(BUCKET, "it", inputs={A: UNKNOWN}, property_dependencies={A: (key,)})
    (evidence,) = present(A, "write it").evidence(tied)

    assert (evidence.value, evidence.status) == ("from CryptoKey documents", "pass")
