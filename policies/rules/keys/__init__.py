"""Rules on encryption keys."""

from policies.rule import Rule
from policies.rules.keys import key_rotated

RULES: tuple[Rule, ...] = (key_rotated.RULE,)
