"""The cluster is Autopilot, and says nothing that Autopilot forbids or replaces it for."""

from policies.checks import absent, true
from policies.demands import on
from policies.kinds import CLUSTER
from policies.rule import Rule

FORBIDDEN: dict[str, object] = {
    "addonsConfig.dnsCacheConfig": {"enabled": True},
    "addonsConfig.networkPolicyConfig": {"disabled": True},
    "addonsConfig.statefulHaConfig": {"enabled": True},
    "binaryAuthorization.enabled": True,
    "clusterAutoscaling.enabled": True,
    "clusterAutoscaling.resourceLimits": [{"resourceType": "cpu", "maximum": 8}],
    "defaultMaxPodsPerNode": 32,
    "enableIntranodeVisibility": True,
    "enableShieldedNodes": True,
    "networkPolicy": {"enabled": True},
    "nodeConfig": {"machineType": "e2-medium"},
    "nodePools": [{"name": "default"}],
    "removeDefaultNodePool": True,
}
"""What Google's provider refuses together with Autopilot, or answers with a new cluster."""

RULE = Rule(
    id="cluster-autopilot",
    title="The cluster is Autopilot, and says nothing that Autopilot forbids or replaces it for",
    portuguese="O cluster é Autopilot, e não diz nada que o Autopilot proíba ou que o substitua",
    severity="mandatory",
    controls=("HIPAA 164.308(a)(1)(ii)(B)",),
    demands=(
        on(
            CLUSTER,
            true("enableAutopilot"),
            *(absent(path, wrong=wrong) for path, wrong in FORBIDDEN.items()),
        ),
    ),
)
