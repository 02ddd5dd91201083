"""Rules on encryption keys."""

from policies.rule import Rule
from policies.rules.keys import (
    key_near,
    key_rotated,
)

RULES: tuple[Rule, ...] = (
    key_near.RULE,
    key_rotated.RULE,
)
