"""Rules on who may do what."""

from policies.rule import Rule
from policies.rules.identity import grant_narrow

RULES: tuple[Rule, ...] = (grant_narrow.RULE,)
