"""Nobody reads a bucket without an identity and a grant."""

from collections.abc import Iterator

from policies.rule import Fault, Rule, expect, of_type
from toolkit.graph import Graph

PRIVATE = {"publicAccessPrevention": "enforced", "uniformBucketLevelAccess": True}


def check(graph: Graph) -> Iterator[Fault]:
    """Buckets that allow public access or object ACLs."""
    for bucket in of_type(graph, "gcp:storage/bucket:Bucket"):
        yield from expect(bucket, PRIVATE)


RULE = Rule(
    id="bucket-private",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(a)(1)", "CIS GCP 5.1", "CIS GCP 5.2", "CKV_GCP_29", "CKV_GCP_114"),
    check=check,
)
