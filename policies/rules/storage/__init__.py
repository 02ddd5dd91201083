"""Rules on buckets."""

from policies.rule import Rule
from policies.rules.storage import (
    bucket_access_logged,
    bucket_encrypted,
    bucket_kept,
    bucket_private,
    bucket_recoverable,
    registry_guarded,
    topic_guarded,
)

RULES: tuple[Rule, ...] = (
    bucket_access_logged.RULE,
    bucket_encrypted.RULE,
    bucket_kept.RULE,
    bucket_private.RULE,
    bucket_recoverable.RULE,
    registry_guarded.RULE,
    topic_guarded.RULE,
)
