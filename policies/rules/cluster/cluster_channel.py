"""The cluster gets security updates by itself."""

from policies.checks import one_of
from policies.demands import on
from policies.kinds import CLUSTER
from policies.rule import Rule

RULE = Rule(
    id="cluster-channel",
    title="The cluster gets security updates by itself",
    portuguese="O cluster recebe correções de segurança sozinho",
    severity="mandatory",
    controls=("HIPAA 164.308(a)(5)(ii)(B)", "CKV_GCP_70"),
    demands=(on(CLUSTER, one_of("releaseChannel.channel", "REGULAR", "STABLE")),),
)
