"""The cluster says whose it is."""

from policies.checks import present
from policies.demands import on
from policies.kinds import CLUSTER
from policies.rule import Rule

RULE = Rule(
    id="cluster-labelled",
    title="The cluster says whose it is",
    portuguese="O cluster diz de quem é",
    severity="mandatory",
    controls=("LGPD 37", "HIPAA 164.308(a)(1)(ii)(A)", "CKV_GCP_21"),
    demands=(on(CLUSTER, present("resourceLabels", "write the labels of the settings")),),
)
