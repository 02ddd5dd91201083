"""In prod, neither Pulumi nor Google deletes the database."""

from policies.checks import true
from policies.demands import in_prod, on
from policies.kinds import DATABASE
from policies.rule import Rule

RULE = Rule(
    id="database-undeletable",
    title="In prod, neither Pulumi nor Google deletes the database",
    portuguese="Em produção, nem o Pulumi nem o Google apagam o banco de dados",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(c)(1)"),
    demands=(
        on(
            DATABASE,
            true("deletionProtection"),
            true("settings.deletionProtectionEnabled"),
            only=in_prod,
        ),
    ),
)
