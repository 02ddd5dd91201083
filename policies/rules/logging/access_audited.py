"""Whoever reads or changes anything in the project is on record."""

from policies.checks import absent, equals
from policies.demands import exists, on
from policies.kinds import AUDIT_CONFIG, SERVICE
from policies.rule import Rule
from policies.subjects import of

KINDS = ("ADMIN_READ", "DATA_READ", "DATA_WRITE")

RULE = Rule(
    id="access-audited",
    title="Whoever reads or changes anything in the project is on record",
    portuguese="Quem lê ou altera algo no projeto fica registrado",
    severity="mandatory",
    controls=("LGPD 37", "HIPAA 164.312(b)", "CIS GCP 2.1", "CKV2_GCP_5"),
    demands=(
        exists(of(AUDIT_CONFIG, where=equals("service", "allServices")), of(SERVICE), "audit all services"),
        on(
            AUDIT_CONFIG,
            *(equals(f"auditLogConfigs[logType={kind}].logType", kind) for kind in KINDS),
            absent(
                "auditLogConfigs[*].exemptedMembers", "exempt nobody", wrong=["user:somebody@example.com"]
            ),
        ),
    ),
)
