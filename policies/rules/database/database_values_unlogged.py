"""What stands in the tables does not get into the logs."""

from policies.checks import equals
from policies.demands import on
from policies.flags import flag
from policies.kinds import DATABASE
from policies.rule import Rule

RULE = Rule(
    id="database-values-unlogged",
    title="What stands in the tables does not get into the logs",
    portuguese="O que está nas tabelas não vai para os logs",
    severity="mandatory",
    controls=("LGPD 6 III", "LGPD 46", "CIS GCP 6.2.7", "CKV_GCP_56", "CKV_GCP_57"),
    demands=(
        on(
            DATABASE,
            equals(flag("log_min_duration_statement"), "-1"),
            equals(flag("log_temp_files"), "0"),
            equals(flag("pgaudit.log_parameter"), "off"),
        ),
    ),
)
