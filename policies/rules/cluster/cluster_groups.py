"""Rights in the cluster are given to groups, not to persons."""

from policies.checks import present
from policies.demands import on
from policies.kinds import CLUSTER
from policies.rule import Rule

RULE = Rule(
    id="cluster-groups",
    title="Rights in the cluster are given to groups, not to persons",
    portuguese="Os direitos no cluster são dados a grupos, não a pessoas",
    severity="mandatory",
    controls=("HIPAA 164.308(a)(4)", "CIS GKE Autopilot 5.5.1", "CKV_GCP_65"),
    demands=(
        on(
            CLUSTER,
            present("authenticatorGroupsConfig.securityGroup", "name gke-security-groups@<directory>"),
        ),
    ),
)
