"""Rules on the program as a whole."""

from policies.rule import Rule
from policies.rules.program import store_classified, store_protected

RULES: tuple[Rule, ...] = (
    store_classified.RULE,
    store_protected.RULE,
)
