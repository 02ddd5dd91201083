"""Rules on networks and firewalls."""

from policies.rule import Rule
from policies.rules.network import firewall_closed, network_watched

RULES: tuple[Rule, ...] = (
    firewall_closed.RULE,
    network_watched.RULE,
)
