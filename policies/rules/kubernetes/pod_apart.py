"""Pods see nothing of the node they run on."""

from policies.checks import absent
from policies.demands import on_pods
from policies.rule import Rule

RULE = Rule(
    id="pod-apart",
    title="Pods see nothing of the node they run on",
    portuguese="Os pods nada veem do nó em que rodam",
    severity="mandatory",
    controls=(
        "HIPAA 164.312(a)(1)",
        "CIS Kubernetes 5.2.3",
        "CIS Kubernetes 5.2.4",
        "CIS Kubernetes 5.2.5",
        "CIS Kubernetes 5.2.12",
        "CIS Kubernetes 5.2.13",
        "CKV_K8S_17",
        "CKV_K8S_18",
        "CKV_K8S_19",
        "CKV_K8S_26",
        "CKV_K8S_27",
    ),
    demands=(
        *on_pods(
            lambda pod: (
                *(absent(f"{pod}.{space}", wrong=True) for space in ("hostNetwork", "hostPID", "hostIPC")),
                absent(f"{pod}.volumes[*].hostPath", wrong={"path": "/"}),
                absent(f"{pod}.containers[*].ports[*].hostPort", wrong=80),
            )
        ),
    ),
)
