"""In every namespace, what nobody allowed is neither sent nor received."""

from policies.checks import absent, contains
from policies.demands import matched
from policies.kinds import NAMESPACE, NETWORK_POLICY
from policies.rule import Rule
from policies.subjects import of

CLOSED = of(
    NETWORK_POLICY,
    where=(
        absent("spec.podSelector.matchLabels", wrong={"app": "one"}),
        contains("spec.policyTypes", "Ingress", "Egress"),
    ),
)

RULE = Rule(
    id="namespace-isolated",
    title="In every namespace, what nobody allowed is neither sent nor received",
    portuguese="Em todo namespace, o que ninguém permitiu não se envia nem se recebe",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(e)(1)", "CIS GKE Autopilot 4.3.1", "CIS Kubernetes 5.3.2"),
    demands=(
        matched(
            of(NAMESPACE), CLOSED, "metadata.namespace", "deny all traffic there, and allow what is needed"
        ),
    ),
)
