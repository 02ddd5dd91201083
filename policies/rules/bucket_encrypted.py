"""Objects are encrypted with a key of ours."""

from collections.abc import Iterator

from policies.rule import Fault, Rule, at, of_type
from toolkit.graph import Graph


def check(graph: Graph) -> Iterator[Fault]:
    """Buckets without a default key."""
    for bucket in of_type(graph, "gcp:storage/bucket:Bucket"):
        if not at(bucket, "encryption.defaultKmsKeyName"):
            yield bucket.urn, "encryption.defaultKmsKeyName is missing; name one of the platform's keys"


RULE = Rule(
    id="bucket-encrypted",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(a)(2)(iv)"),
    check=check,
)
