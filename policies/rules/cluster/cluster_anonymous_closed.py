"""Who has not logged in can do nothing in the cluster."""

from policies.checks import equals, false
from policies.demands import on
from policies.kinds import CLUSTER
from policies.rule import Rule

RULE = Rule(
    id="cluster-anonymous-closed",
    title="Who has not logged in can do nothing in the cluster",
    portuguese="Quem não se identificou não faz nada no cluster",
    severity="mandatory",
    controls=(
        "HIPAA 164.312(a)(1)",
        "HIPAA 164.312(d)",
        "CIS GKE Autopilot 4.1.8",
        "CIS GKE Autopilot 4.1.9",
        "CIS GKE Autopilot 4.1.10",
    ),
    demands=(
        on(
            CLUSTER,
            equals("nodePoolAutoConfig.nodeKubeletConfig.insecureKubeletReadonlyPortEnabled", "FALSE"),
            false("rbacBindingConfig.enableInsecureBindingSystemAuthenticated"),
            false("rbacBindingConfig.enableInsecureBindingSystemUnauthenticated"),
            equals("anonymousAuthenticationConfig.mode", "LIMITED"),
        ),
    ),
)
