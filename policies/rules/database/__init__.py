"""Rules on Cloud SQL."""

from policies.rule import Rule
from policies.rules.database import (
    database_api_off,
    database_audited,
    database_available,
    database_backups_kept,
    database_closed,
    database_connections_logged,
    database_current,
    database_encrypted,
    database_errors_logged,
    database_passwords,
    database_private,
    database_tls,
    database_undeletable,
    database_values_unlogged,
)

RULES: tuple[Rule, ...] = (
    database_api_off.RULE,
    database_audited.RULE,
    database_available.RULE,
    database_backups_kept.RULE,
    database_closed.RULE,
    database_connections_logged.RULE,
    database_current.RULE,
    database_encrypted.RULE,
    database_errors_logged.RULE,
    database_passwords.RULE,
    database_private.RULE,
    database_tls.RULE,
    database_undeletable.RULE,
    database_values_unlogged.RULE,
)
