"""Every workload runs in a namespace of ours."""

from policies.checks import none_of, present
from policies.demands import on
from policies.kinds import WORKLOADS
from policies.rule import Rule
from policies.subjects import of

RULE = Rule(
    id="pod-somewhere",
    title="Every workload runs in a namespace of ours",
    portuguese="Tudo roda em um namespace nosso",
    severity="mandatory",
    controls=(
        "HIPAA 164.308(a)(4)",
        "CIS GKE Autopilot 4.6.1",
        "CIS GKE Autopilot 4.6.4",
        "CIS Kubernetes 5.6.1",
        "CIS Kubernetes 5.6.4",
        "CKV_K8S_21",
    ),
    demands=(
        on(
            of(*WORKLOADS),
            present("metadata.namespace", "name one of the platform's namespaces"),
            none_of("metadata.namespace", "default", "kube-system", "kube-public", given=True),
        ),
    ),
)
