"""Who read which object is logged."""

from policies.checks import equals, one_of
from policies.demands import exists
from policies.kinds import AUDIT_CONFIG, BUCKET
from policies.rule import Rule
from policies.subjects import of

READING = of(
    AUDIT_CONFIG,
    where=(
        one_of("service", "allServices", "storage.googleapis.com"),
        equals("auditLogConfigs[logType=DATA_READ].logType", "DATA_READ"),
        equals("auditLogConfigs[logType=DATA_WRITE].logType", "DATA_WRITE"),
    ),
)

RULE = Rule(
    id="bucket-access-logged",
    title="Who read which object is logged",
    portuguese="Quem leu qual objeto fica registrado",
    severity="mandatory",
    controls=("LGPD 37", "HIPAA 164.312(b)", "CKV_GCP_62"),
    demands=(exists(READING, of(BUCKET), "log DATA_READ of storage.googleapis.com or of all services"),),
)
