"""Services of patients' namespaces speak only to whom they know, and encrypted."""

from policies.checks import equals, one_of
from policies.demands import on
from policies.kinds import NAMESPACE
from policies.rule import Rule
from policies.subjects import of

AUTHENTICATED = ("all-authenticated", "cluster-authenticated", "deny")

RULE = Rule(
    id="namespace-meshed",
    title="Services of patients' namespaces speak only to whom they know, and encrypted",
    portuguese="Os serviços dos namespaces de pacientes só falam com quem conhecem, e cifrado",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(d)", "HIPAA 164.312(e)(1)", "HIPAA 164.312(e)(2)(ii)"),
    demands=(
        on(
            of(
                NAMESPACE, where=equals('metadata.labels["pod-security.kubernetes.io/enforce"]', "restricted")
            ),
            equals('metadata.annotations["linkerd.io/inject"]', "enabled"),
            one_of('metadata.annotations["config.linkerd.io/default-inbound-policy"]', *AUTHENTICATED),
        ),
    ),
)
