"""Secrets come to containers as files, not as variables that logs and children inherit."""

from policies.checks import absent
from policies.demands import on_pods
from policies.rule import Rule

RULE = Rule(
    id="secret-mounted",
    title="Secrets come to containers as files, not as variables that logs and children inherit",
    portuguese="Segredos chegam aos contêineres como arquivos, não como variáveis que logs e filhos herdam",
    severity="advisory",
    controls=("HIPAA 164.312(a)(1)", "CIS Kubernetes 5.4.1", "CKV_K8S_35"),
    demands=(
        *on_pods(
            lambda pod: (
                absent(f"{pod}.containers[*].env[*].valueFrom.secretKeyRef", wrong={"name": "a", "key": "b"}),
                absent(f"{pod}.containers[*].envFrom[*].secretRef", wrong={"name": "a"}),
            )
        ),
    ),
)
