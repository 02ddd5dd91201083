"""Rules look into secrets, and never repeat them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from policies.rule import Evidence
from policies.rules import RULES
from tests.stacks.graphs import graph_of
from tests.toolkit.graphs import BUCKET, NETWORK, graph, resource
from tests.toolkit.rules import rule
from toolkit.graph import Graph
from toolkit.judge import judge
from toolkit.values import Secret

HIDDEN = "s3cret"
TODAY = date(2026, 11, 25)
KEY = "gcp:kms/cryptoKey:CryptoKey"


@pytest.mark.parametrize(
    ("kind", "inputs"),
    [
        (NETWORK, {"autoCreateSubnetworks": Secret(HIDDEN)}),
        (BUCKET, {"versioning": Secret({"enabled": HIDDEN})}),
        (BUCKET, {"softDeletePolicy": Secret({"retentionDurationSeconds": HIDDEN})}),
        (BUCKET, {"publicAccessPrevention": Secret(HIDDEN)}),
        (KEY, {"rotationPeriod": Secret(HIDDEN)}),
    ],
)
def test_no_violation_says_what_a_secret_is(kind: str, inputs: Mapping[str, object]) -> None:
    judgement = judge(graph(resource(kind, "it", inputs=inputs)), RULES, [], TODAY)
    told = [violation.message for violation in judgement.violations]

    assert any("[secret]" in message for message in told)
    assert not any(HIDDEN in message for message in told)


def test_a_rule_that_fails_over_a_secret_does_not_say_it_either() -> None:
    def broken(_graph: Graph) -> Iterator[Evidence]:
        raise ValueError(HIDDEN)

    (violation,) = judge(graph(), [rule("broken", what=broken)], [], TODAY).violations

    assert "ValueError at test_secrets.py:" in violation.message
    assert HIDDEN not in violation.message


def test_no_rule_ever_tells_a_secret() -> None:
    """Whatever a program marks as secret, no evidence and no fault says what it is."""
    prod = graph_of("prod")
    sealed = replace(
        prod,
        resources={urn: replace(each, inputs=_sealed(each.inputs)) for urn, each in prod.resources.items()},
    )
    found = [evidence for rule in RULES for evidence in rule.examine(sealed)]

    assert any(evidence.fault for evidence in found)
    assert HIDDEN not in repr(found)


def _sealed(value: Any) -> Any:
    match value:
        case dict():
            return {key: _sealed(item) for key, item in value.items()}
        case list():
            return [_sealed(item) for item in value]
        case str():
            return Secret(HIDDEN)
    return value
