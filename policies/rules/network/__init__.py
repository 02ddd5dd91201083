"""Rules on networks, firewalls and machines in them."""

from policies.rule import Rule
from policies.rules.network import (
    firewall_closed,
    firewall_sources_named,
    machine_account,
    machine_inside,
    machine_shielded,
    names_logged,
    network_own,
    network_watched,
)

RULES: tuple[Rule, ...] = (
    firewall_closed.RULE,
    firewall_sources_named.RULE,
    machine_account.RULE,
    machine_inside.RULE,
    machine_shielded.RULE,
    names_logged.RULE,
    network_own.RULE,
    network_watched.RULE,
)
