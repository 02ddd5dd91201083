"""Every namespace refuses pods with more rights than it says."""

from policies.checks import one_of
from policies.demands import on
from policies.kinds import NAMESPACE
from policies.rule import Rule

RULE = Rule(
    id="namespace-restricted",
    title="Every namespace refuses pods with more rights than it says",
    portuguese="Todo namespace recusa pods com mais direitos do que declara",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(a)(1)", "CIS Kubernetes 5.2.1"),
    demands=(
        on(
            NAMESPACE,
            one_of('metadata.labels["pod-security.kubernetes.io/enforce"]', "restricted", "baseline"),
        ),
    ),
)
