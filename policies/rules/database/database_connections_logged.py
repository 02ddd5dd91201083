"""Who came, went and waited is logged."""

from policies.checks import equals
from policies.demands import on
from policies.flags import flag
from policies.kinds import DATABASE
from policies.rule import Rule

LOGGED = ("log_connections", "log_disconnections", "log_checkpoints", "log_lock_waits")

RULE = Rule(
    id="database-connections-logged",
    title="Who came, went and waited is logged",
    portuguese="Quem entrou, saiu e esperou fica registrado",
    severity="mandatory",
    controls=(
        "LGPD 37",
        "HIPAA 164.312(b)",
        "HIPAA 164.308(a)(5)(ii)(C)",
        "CIS GCP 6.2.2",
        "CIS GCP 6.2.3",
        "CKV_GCP_51",
        "CKV_GCP_52",
        "CKV_GCP_53",
        "CKV_GCP_54",
    ),
    demands=(on(DATABASE, *(equals(flag(name), "on") for name in LOGGED)),),
)
