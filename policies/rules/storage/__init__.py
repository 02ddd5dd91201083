"""Rules on buckets."""

from policies.rule import Rule
from policies.rules.storage import bucket_encrypted, bucket_private, bucket_recoverable

RULES: tuple[Rule, ...] = (
    bucket_encrypted.RULE,
    bucket_private.RULE,
    bucket_recoverable.RULE,
)
