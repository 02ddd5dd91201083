"""Every name that is asked for is logged."""

from policies.checks import true
from policies.demands import on
from policies.kinds import DNS_POLICY
from policies.rule import Rule

RULE = Rule(
    id="names-logged",
    title="Every name that is asked for is logged",
    portuguese="Todo nome consultado é registrado",
    severity="mandatory",
    controls=("HIPAA 164.312(b)", "CIS GCP 2.12"),
    demands=(on(DNS_POLICY, true("enableLogging")),),
)
