"""Rules on what the internet can reach."""

from policies.rule import Rule
from policies.rules.edge import (
    edge_armored,
    edge_device_told,
    edge_mutual_tls,
    edge_not_plain,
    edge_tls,
)

RULES: tuple[Rule, ...] = (
    edge_armored.RULE,
    edge_device_told.RULE,
    edge_mutual_tls.RULE,
    edge_not_plain.RULE,
    edge_tls.RULE,
)
