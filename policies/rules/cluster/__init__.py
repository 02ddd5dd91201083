"""Rules on the Autopilot cluster."""

from policies.rule import Rule
from policies.rules.cluster import (
    cluster_anonymous_closed,
    cluster_autopilot,
    cluster_certificates_off,
    cluster_channel,
    cluster_control_closed,
    cluster_copied,
    cluster_encrypted,
    cluster_groups,
    cluster_images_trusted,
    cluster_labelled,
    cluster_logged,
    cluster_node_account,
    cluster_nodes_private,
    cluster_secrets_fresh,
)

RULES: tuple[Rule, ...] = (
    cluster_anonymous_closed.RULE,
    cluster_autopilot.RULE,
    cluster_certificates_off.RULE,
    cluster_channel.RULE,
    cluster_control_closed.RULE,
    cluster_copied.RULE,
    cluster_encrypted.RULE,
    cluster_groups.RULE,
    cluster_images_trusted.RULE,
    cluster_labelled.RULE,
    cluster_logged.RULE,
    cluster_node_account.RULE,
    cluster_nodes_private.RULE,
    cluster_secrets_fresh.RULE,
)
