"""An overwritten or deleted object can be had back for a week at least."""

from policies.checks import absent, at_least, true
from policies.demands import on
from policies.kinds import BUCKET
from policies.rule import Rule
from policies.subjects import of

WEEK = 7 * 24 * 3600

RULE = Rule(
    id="bucket-recoverable",
    title="An overwritten or deleted object can be had back for a week at least",
    portuguese="Um objeto sobrescrito ou apagado pode ser recuperado por ao menos uma semana",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.308(a)(7)", "CKV_GCP_78"),
    demands=(
        # below a retention nothing can be overwritten, and Google refuses both together
        on(of(BUCKET, where=absent("retentionPolicy")), true("versioning.enabled")),
        on(BUCKET, at_least("softDeletePolicy.retentionDurationSeconds", WEEK)),
    ),
)
