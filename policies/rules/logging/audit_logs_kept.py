"""In prod, audit logs are kept for six years."""

from policies.checks import at_least
from policies.demands import in_prod, on
from policies.parts import AUDIT_BUCKET
from policies.rule import Rule

SIX_YEARS = 2190 * 24 * 3600

RULE = Rule(
    id="audit-logs-kept",
    title="In prod, audit logs are kept for six years",
    portuguese="Em produção, os logs de auditoria são guardados por seis anos",
    severity="mandatory",
    controls=("LGPD 37", "HIPAA 164.316(b)(2)(i)", "CIS GCP 2.3"),
    demands=(on(AUDIT_BUCKET, at_least("retentionPolicy.retentionPeriod", SIX_YEARS), only=in_prod),),
)
