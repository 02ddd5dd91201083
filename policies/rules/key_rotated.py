"""Keys rotate every ninety days at the latest, and outlive the stack that made them."""

from collections.abc import Iterator

from policies.rule import Fault, Rule, at, known, of_type, said
from toolkit.graph import Graph

NINETY_DAYS = 90 * 24 * 3600


def check(graph: Graph) -> Iterator[Fault]:
    """Keys that rotate later or never, and keys that ``destroy`` would delete."""
    for key in of_type(graph, "gcp:kms/cryptoKey:CryptoKey"):
        period = at(key, "rotationPeriod")
        if known(period) and not 0 < _seconds(period) <= NINETY_DAYS:
            yield (
                key.urn,
                f"rotationPeriod is {said(key, 'rotationPeriod')}; set it to {NINETY_DAYS}s or less",
            )
        if not key.retain_on_delete:
            yield key.urn, "retainOnDelete is off; a destroyed key makes every backup unreadable"


def _seconds(period: object) -> float:
    text = str(period).removesuffix("s")
    return float(text) if text.replace(".", "", 1).isdigit() else 0


RULE = Rule(
    id="key-rotated",
    severity="mandatory",
    controls=("HIPAA 164.312(a)(2)(iv)", "CIS GCP 1.10", "CKV_GCP_43", "CKV_GCP_82"),
    check=check,
)
