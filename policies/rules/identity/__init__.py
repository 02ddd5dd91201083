"""Rules on who may do what."""

from policies.rule import Rule
from policies.rules.identity import (
    account_keyless,
    federation_pinned,
    grant_narrow,
    hmac_narrow,
    impersonation_narrow,
)

RULES: tuple[Rule, ...] = (
    account_keyless.RULE,
    federation_pinned.RULE,
    grant_narrow.RULE,
    hmac_narrow.RULE,
    impersonation_narrow.RULE,
)
