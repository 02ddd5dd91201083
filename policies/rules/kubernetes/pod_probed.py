"""Whoever does not answer gets no calls, and whoever hangs is started anew."""

from policies.checks import present
from policies.demands import on_pods
from policies.kinds import LASTING
from policies.rule import Rule

RULE = Rule(
    id="pod-probed",
    title="Whoever does not answer gets no calls, and whoever hangs is started anew",
    portuguese="Quem não responde não recebe chamadas, e quem trava é reiniciado",
    severity="mandatory",
    controls=("HIPAA 164.308(a)(7)(ii)(C)", "CKV_K8S_8", "CKV_K8S_9"),
    demands=(
        *on_pods(
            lambda pod: (
                present(f"{pod}.containers[*].readinessProbe", "say how to ask whether it can serve"),
                present(f"{pod}.containers[*].livenessProbe", "say how to ask whether it hangs"),
            ),
            LASTING,
        ),
    ),
)
