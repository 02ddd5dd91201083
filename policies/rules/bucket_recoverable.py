"""An overwritten or deleted object can be had back for a week at least."""

from collections.abc import Iterator

from policies.rule import Fault, Rule, at, expect, known, of_type, said
from toolkit.graph import Graph

WEEK = 7 * 24 * 3600


def check(graph: Graph) -> Iterator[Fault]:
    """Buckets without versions or retention, or whose deleted objects vanish within a week."""
    for bucket in of_type(graph, "gcp:storage/bucket:Bucket"):
        if not at(bucket, "retentionPolicy"):  # nothing can be overwritten below one, and Google refuses both
            yield from expect(bucket, {"versioning.enabled": True})
        seconds = at(bucket, "softDeletePolicy.retentionDurationSeconds")
        if known(seconds) and not (isinstance(seconds, int) and seconds >= WEEK):
            kept = said(bucket, "softDeletePolicy.retentionDurationSeconds")
            yield (
                bucket.urn,
                f"softDeletePolicy.retentionDurationSeconds is {kept}; set it to {WEEK} or more",
            )


RULE = Rule(
    id="bucket-recoverable",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.308(a)(7)", "CKV_GCP_78"),
    check=check,
)
