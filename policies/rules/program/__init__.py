"""Rules on the program as a whole."""

from policies.rule import Rule
from policies.rules.program import (
    secret_hidden,
    store_classified,
    store_mapped,
    store_protected,
    store_resident,
)

RULES: tuple[Rule, ...] = (
    secret_hidden.RULE,
    store_classified.RULE,
    store_mapped.RULE,
    store_protected.RULE,
    store_resident.RULE,
)
