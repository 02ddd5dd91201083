"""Who read and changed what is logged."""

from policies.checks import equals, like, one_of
from policies.demands import on
from policies.flags import flag
from policies.kinds import DATABASE
from policies.rule import Rule


def enough(classes: str) -> bool:
    """Whether everything about data is audited."""
    return {"ddl", "role", "read", "write"} <= {*classes.replace(" ", "").split(",")}


RULE = Rule(
    id="database-audited",
    title="Who read and changed what is logged",
    portuguese="Quem leu e alterou o quê fica registrado",
    severity="mandatory",
    controls=("LGPD 37", "HIPAA 164.312(b)", "CIS GCP 6.2.4", "CIS GCP 6.2.8", "CKV_GCP_110", "CKV_GCP_111"),
    demands=(
        on(
            DATABASE,
            equals(flag("cloudsql.enable_pgaudit"), "on"),
            like(flag("pgaudit.log"), enough, "let it name ddl, role, read and write", "ddl", "none"),
            one_of(flag("log_statement"), "ddl", "mod"),
        ),
    ),
)
