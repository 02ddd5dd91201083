"""What the cluster stores is encrypted with keys of ours."""

from policies.checks import equals, present
from policies.demands import on
from policies.kinds import CLUSTER
from policies.rule import Rule

RULE = Rule(
    id="cluster-encrypted",
    title="What the cluster stores is encrypted with keys of ours",
    portuguese="O que o cluster armazena é cifrado com chaves nossas",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(a)(2)(iv)", "CIS GKE Autopilot 5.3.1", "CIS GKE Autopilot 5.6.1"),
    demands=(
        on(
            CLUSTER,
            equals("databaseEncryption.state", "ENCRYPTED"),
            present("databaseEncryption.keyName", "name a key of the platform"),
            present(
                "clusterAutoscaling.autoProvisioningDefaults.bootDiskKmsKey", "name a key of the platform"
            ),
        ),
    ),
)
