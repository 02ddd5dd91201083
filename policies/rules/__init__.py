"""All rules, by what they are about. A new one is a file of its own and a name in its folder's list."""

from policies.rule import Rule
from policies.rules import identity, keys, network, program, storage

RULES: tuple[Rule, ...] = (
    *storage.RULES,
    *keys.RULES,
    *network.RULES,
    *identity.RULES,
    *program.RULES,
)
