"""Rules look into secrets, and never repeat them."""

from collections.abc import Iterator, Mapping

import pytest

from policies.rule import Fault, Rule
from policies.rules import RULES
from tests.toolkit.graphs import BUCKET, NETWORK, graph, resource
from toolkit.graph import Graph
from toolkit.judge import judge
from toolkit.values import Secret

HIDDEN = "s3cret"
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
    told = [violation.message for violation in judge(graph(resource(kind, "it", inputs=inputs)), RULES)]

    assert any("[secret]" in message for message in told)
    assert not any(HIDDEN in message for message in told)


def test_a_rule_that_fails_over_a_secret_does_not_say_it_either() -> None:
    def broken(_graph: Graph) -> Iterator[Fault]:
        raise ValueError(HIDDEN)

    rule = Rule(id="broken", severity="mandatory", controls=("A",), check=broken)
    (violation,) = judge(graph(), [rule])

    assert "ValueError at test_secrets.py:" in violation.message
    assert HIDDEN not in violation.message
