"""Pods get secrets from Secret Manager, and a new one within minutes."""

from policies.checks import at_most, true
from policies.demands import on
from policies.kinds import CLUSTER
from policies.rule import Rule

RULE = Rule(
    id="cluster-secrets-fresh",
    title="Pods get secrets from Secret Manager, and a new one within minutes",
    portuguese="Os pods recebem segredos do Secret Manager, e um novo em minutos",
    severity="mandatory",
    controls=("HIPAA 164.308(a)(5)(ii)(D)", "CIS GKE Autopilot 4.4.1", "CIS Kubernetes 5.4.2"),
    demands=(
        on(
            CLUSTER,
            true("secretManagerConfig.enabled"),
            true("secretManagerConfig.rotationConfig.enabled"),
            at_most("secretManagerConfig.rotationConfig.rotationInterval", 300, "s"),
        ),
    ),
)
