"""Errors are logged, with the statement and the machine they came from."""

from policies.checks import equals, one_of
from policies.demands import on
from policies.flags import flag
from policies.kinds import DATABASE
from policies.rule import Rule

RULE = Rule(
    id="database-errors-logged",
    title="Errors are logged, with the statement and the machine they came from",
    portuguese="Os erros são registrados, com o comando e a máquina de onde vieram",
    severity="mandatory",
    controls=(
        "HIPAA 164.312(b)",
        "CIS GCP 6.2.5",
        "CIS GCP 6.2.6",
        "CKV_GCP_55",
        "CKV_GCP_108",
        "CKV_GCP_109",
    ),
    demands=(
        on(
            DATABASE,
            one_of(flag("log_min_messages"), "warning", "notice", "info"),
            one_of(flag("log_min_error_statement"), "error", "warning", "notice", "info"),
            equals(flag("log_hostname"), "on"),
        ),
    ),
)
