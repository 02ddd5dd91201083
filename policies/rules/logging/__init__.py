"""Rules on what is logged, kept and told."""

from policies.rule import Rule
from policies.rules.logging import (
    access_audited,
    audit_logs_kept,
    audit_logs_locked,
    changes_told,
    logs_exported,
    logs_near,
)

RULES: tuple[Rule, ...] = (
    access_audited.RULE,
    audit_logs_kept.RULE,
    audit_logs_locked.RULE,
    changes_told.RULE,
    logs_exported.RULE,
    logs_near.RULE,
)
