"""All rules, by what they are about. A new one is a file of its own and a name in its folder's list."""

from policies.rule import Rule
from policies.rules import (
    cluster,
    database,
    edge,
    identity,
    keys,
    kubernetes,
    logging,
    machines,
    network,
    program,
    secrets,
    storage,
)

RULES: tuple[Rule, ...] = (
    *storage.RULES,
    *database.RULES,
    *cluster.RULES,
    *keys.RULES,
    *secrets.RULES,
    *network.RULES,
    *edge.RULES,
    *identity.RULES,
    *logging.RULES,
    *machines.RULES,
    *kubernetes.RULES,
    *program.RULES,
)
