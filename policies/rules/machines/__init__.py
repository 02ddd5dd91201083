"""Rules on the hospital's own machines."""

from policies.rule import Rule
from policies.rules.machines import machine_keyless, machine_known

RULES: tuple[Rule, ...] = (
    machine_keyless.RULE,
    machine_known.RULE,
)
