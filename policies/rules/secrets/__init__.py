"""Rules on secrets."""

from policies.rule import Rule
from policies.rules.secrets import (
    secret_consumed,
    secret_near,
    secret_rotated,
)

RULES: tuple[Rule, ...] = (
    secret_consumed.RULE,
    secret_near.RULE,
    secret_rotated.RULE,
)
