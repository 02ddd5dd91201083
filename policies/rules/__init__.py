"""All rules. A new one is a file of its own and a name in this list."""

from policies.rule import Rule
from policies.rules import (
    bucket_encrypted,
    bucket_private,
    bucket_recoverable,
    firewall_closed,
    grant_narrow,
    key_rotated,
    network_watched,
    store_classified,
    store_protected,
)

RULES: tuple[Rule, ...] = (
    bucket_encrypted.RULE,
    bucket_private.RULE,
    bucket_recoverable.RULE,
    firewall_closed.RULE,
    grant_narrow.RULE,
    key_rotated.RULE,
    network_watched.RULE,
    store_classified.RULE,
    store_protected.RULE,
)
