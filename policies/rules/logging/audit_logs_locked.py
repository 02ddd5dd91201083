"""In prod, nobody can shorten how long audit logs are kept."""

from policies.checks import true
from policies.demands import in_prod, on
from policies.kinds import BUCKET, SINK
from policies.rule import Rule
from policies.subjects import of

LOGS = of(BUCKET, named=(of(SINK), "destination"))

RULE = Rule(
    id="audit-logs-locked",
    title="In prod, nobody can shorten how long audit logs are kept",
    portuguese="Em produção, ninguém pode encurtar a guarda dos logs de auditoria",
    severity="mandatory",
    controls=("HIPAA 164.312(c)(1)", "CIS GCP 2.3", "CKV2_GCP_4"),
    demands=(on(LOGS, true("retentionPolicy.isLocked"), only=in_prod),),
)
