"""Every firewall rule is logged, and none lets the whole internet in."""

from policies.checks import equals, excludes, true
from policies.demands import on
from policies.kinds import FIREWALL_RULE
from policies.rule import Rule
from policies.subjects import of

INWARD = of(FIREWALL_RULE, where=(equals("direction", "INGRESS"), equals("action", "allow")))

RULE = Rule(
    id="firewall-closed",
    title="Every firewall rule is logged, and none lets the whole internet in",
    portuguese="Toda regra de firewall é registrada, e nenhuma deixa a internet inteira entrar",
    severity="mandatory",
    controls=("HIPAA 164.312(e)(1)", "CIS GCP 3.6", "CIS GCP 3.7"),
    demands=(
        on(FIREWALL_RULE, true("enableLogging")),
        on(INWARD, excludes("match.srcIpRanges", "0.0.0.0/0", "::/0")),
    ),
)
