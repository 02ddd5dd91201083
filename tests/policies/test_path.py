"""Where properties stand, and what is found there."""

from typing import Any

import pytest

from policies.path import first, found
from tests.toolkit.graphs import BUCKET, resource
from toolkit.values import UNKNOWN, Default, Secret

INPUTS = {
    "name": "it",
    "labels": {"a.b/c": "1", "plain": Default("2")},
    "flags": [{"name": "log", "value": "on"}, {"name": "audit", "value": Secret("off")}],
    "blocks": [{"cidr": "10.0.0.0/8"}, UNKNOWN, {"cidr": Default("10.1.0.0/16")}],
    "hidden": Secret({"inside": {"deep": 1}}),
    "sealed": Secret(UNKNOWN),
    "later": UNKNOWN,
    "listed": ["a", Secret("b"), Default(Secret("c"))],
    "sealed_list": Secret([{"x": 1}]),
}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("name", [("name", "it")]),
        ("nothing.at.all", [("nothing.at.all", None)]),
        ("name.below", [("name.below", None)]),
        ('labels["a.b/c"]', [('labels["a.b/c"]', "1")]),
        ("labels.plain", [("labels.plain", "2")]),
        ("flags[name=log].value", [("flags[name=log].value", "on")]),
        ("flags[name=audit].value", [("flags[name=audit].value", Secret("off"))]),
        ("flags[name=none].value", [("flags[name=none].value", None)]),
        ("flags[0].name", [("flags[0].name", "log")]),
        ("flags[7].name", [("flags[7].name", None)]),
        ("blocks[name=x].cidr", [("blocks[name=x].cidr", UNKNOWN)]),
        (
            "blocks[*].cidr",
            [
                ("blocks[0].cidr", "10.0.0.0/8"),
                ("blocks[1].cidr", UNKNOWN),
                ("blocks[2].cidr", "10.1.0.0/16"),
            ],
        ),
        ("hidden.inside.deep", [("hidden.inside.deep", Secret(1))]),
        ("sealed", [("sealed", Secret(UNKNOWN))]),
        ("later.whatever", [("later.whatever", UNKNOWN)]),
        ("later[*].whatever", [("later[*].whatever", UNKNOWN)]),
        ("nothing[*].whatever", []),
        ("listed[*]", [("listed[0]", "a"), ("listed[1]", Secret("b")), ("listed[2]", Secret("c"))]),
        ("sealed_list[*].x", [("sealed_list[0].x", Secret(1))]),
        ("protect [option]", [("protect [option]", True)]),
    ],
)
def test_what_stands_at_a_path_is_found(path: str, expected: list[tuple[str, Any]]) -> None:
    assert [*found(resource(BUCKET, "it", inputs=INPUTS, protect=True), path)] == expected


def test_a_secret_can_be_laid_open() -> None:
    assert first(resource(BUCKET, "it", inputs=INPUTS), "hidden.inside.deep") == 1
