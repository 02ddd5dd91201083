"""Nothing in a cluster is reached from outside but at addresses that are set aside for it."""

from policies.checks import absent, equals, none_of
from policies.demands import exists, on
from policies.kinds import KUBERNETES_SERVICE
from policies.rule import Rule
from policies.subjects import of

POOL = of("kubernetes:metallb.io/v1beta1:IPAddressPool")
OUTSIDE = of(KUBERNETES_SERVICE, where=equals("spec.type", "LoadBalancer"))

RULE = Rule(
    id="service-inside",
    title="Nothing in a cluster is reached from outside but at addresses that are set aside for it",
    portuguese="Nada no cluster é acessado de fora, salvo em endereços reservados para isso",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(e)(1)"),
    demands=(
        on(
            KUBERNETES_SERVICE,
            none_of("spec.type", "NodePort"),
            absent("spec.externalIPs", wrong=["203.0.113.10"]),
        ),
        exists(POOL, OUTSIDE, "give the cluster a pool of addresses"),
    ),
)
