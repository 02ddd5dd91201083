"""In prod, nobody can shorten how long audit logs are kept."""

from policies.checks import true
from policies.demands import in_prod, on
from policies.parts import AUDIT_BUCKET
from policies.rule import Rule

RULE = Rule(
    id="audit-logs-locked",
    title="In prod, nobody can shorten how long audit logs are kept",
    portuguese="Em produção, ninguém pode encurtar a guarda dos logs de auditoria",
    severity="mandatory",
    controls=("HIPAA 164.312(c)(1)", "CIS GCP 2.3", "CKV2_GCP_4"),
    demands=(on(AUDIT_BUCKET, true("retentionPolicy.isLocked"), only=in_prod),),
)
