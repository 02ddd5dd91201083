"""Rules on what runs in clusters."""

from policies.rule import Rule
from policies.rules.kubernetes import (
    database_replicated,
    image_pinned,
    namespace_isolated,
    namespace_meshed,
    namespace_restricted,
    pod_apart,
    pod_bounded,
    pod_confined,
    pod_probed,
    pod_somewhere,
    publication_limited,
    secret_elsewhere,
    secret_mounted,
    volume_encrypted,
)

RULES: tuple[Rule, ...] = (
    database_replicated.RULE,
    image_pinned.RULE,
    namespace_isolated.RULE,
    namespace_meshed.RULE,
    namespace_restricted.RULE,
    pod_apart.RULE,
    pod_bounded.RULE,
    pod_confined.RULE,
    pod_probed.RULE,
    pod_somewhere.RULE,
    publication_limited.RULE,
    secret_elsewhere.RULE,
    secret_mounted.RULE,
    volume_encrypted.RULE,
)
