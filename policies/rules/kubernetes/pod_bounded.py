"""No container takes more memory than it was given, and each gets what it needs."""

from policies.checks import present
from policies.demands import on_pods
from policies.rule import Rule

RULE = Rule(
    id="pod-bounded",
    title="No container takes more memory than it was given, and each gets what it needs",
    portuguese="Nenhum contêiner toma mais memória do que recebeu, e cada um recebe o que precisa",
    severity="mandatory",
    controls=("HIPAA 164.308(a)(7)(ii)(C)", "CKV_K8S_10", "CKV_K8S_12", "CKV_K8S_13"),
    demands=(
        *on_pods(
            lambda pod: tuple(
                present(f"{pod}.{kind}[*].resources.{need}", "say how much")
                for kind in ("containers", "initContainers")
                for need in ("requests.cpu", "requests.memory", "limits.memory")
            )
        ),
    ),
)
