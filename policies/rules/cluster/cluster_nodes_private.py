"""Nodes have no public addresses."""

from policies.checks import true
from policies.demands import on
from policies.kinds import CLUSTER
from policies.rule import Rule

RULE = Rule(
    id="cluster-nodes-private",
    title="Nodes have no public addresses",
    portuguese="Os nós não têm endereços públicos",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(e)(1)", "CIS GKE Autopilot 5.4.4", "CKV_GCP_25", "CKV_GCP_64"),
    demands=(on(CLUSTER, true("privateClusterConfig.enablePrivateNodes")),),
)
