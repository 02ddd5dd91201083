"""Nobody reads a bucket without an identity and a grant."""

from policies.checks import equals, true
from policies.demands import on
from policies.kinds import BUCKET
from policies.rule import Rule

RULE = Rule(
    id="bucket-private",
    title="Nobody reads a bucket without an identity and a grant",
    portuguese="Ninguém lê um bucket sem identidade e permissão",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(a)(1)", "CIS GCP 5.1", "CIS GCP 5.2", "CKV_GCP_29", "CKV_GCP_114"),
    demands=(
        on(
            BUCKET,
            equals("publicAccessPrevention", "enforced"),
            true("uniformBucketLevelAccess"),
        ),
    ),
)
