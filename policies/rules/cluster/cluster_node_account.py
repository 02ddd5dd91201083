"""Nodes act under an account of their own."""

from policies.checks import none_of, present
from policies.demands import on
from policies.kinds import CLUSTER
from policies.rule import Rule

ACCOUNT_PATH = "clusterAutoscaling.autoProvisioningDefaults.serviceAccount"

RULE = Rule(
    id="cluster-node-account",
    title="Nodes act under an account of their own",
    portuguese="Os nós agem com uma conta própria",
    severity="mandatory",
    controls=("HIPAA 164.308(a)(4)", "CIS GCP 4.1", "CIS GKE Autopilot 5.2.1", "CKV2_GCP_1"),
    demands=(
        on(
            CLUSTER,
            present(ACCOUNT_PATH, "name an account that may only write logs and metrics"),
            none_of(ACCOUNT_PATH, "default", given=True),
        ),
    ),
)
