"""Network policies name who may come in and where one may go; only webhooks answer anybody."""

from collections.abc import Iterator, Mapping

from policies.checks import Check
from policies.demands import on
from policies.kinds import NETWORK_POLICY
from policies.path import opened
from policies.rule import Rule
from policies.subjects import of

EVERYWHERE = frozenset({"0.0.0.0/0", "::/0"})
WEBHOOK = "webhook"
"""What a policy is called that lets the API server in: it asks from the node's own addresses, which a policy
cannot name, so one port of one component is open to all."""


def _listed(value: object) -> Iterator[Mapping[str, object]]:
    plain = opened(value)
    for item in plain if isinstance(plain, list | tuple) else ():
        inside = opened(item)
        yield inside if isinstance(inside, Mapping) else {}


def _anybody(rule: Mapping[str, object], side: str) -> bool:
    """Whether a rule is about everybody: it names nobody, or the whole internet."""
    named = [*_listed(rule.get(side))]
    blocks = [opened(one.get("ipBlock")) for one in named]
    whole = any(isinstance(block, Mapping) and block.get("cidr") in EVERYWHERE for block in blocks)
    return not named or whole or any(not one for one in named)


def _named(spec: object) -> bool:
    """Whether nobody unnamed comes in, and nothing goes to everybody on every port."""
    policy = spec if isinstance(spec, Mapping) else {}
    inside = all(not _anybody(rule, "from") for rule in _listed(policy.get("ingress")))
    return inside and _outward(policy)


def _outward(policy: Mapping[str, object]) -> bool:
    return all(rule.get("ports") or not _anybody(rule, "to") for rule in _listed(policy.get("egress")))


def _webhook(spec: object) -> bool:
    """Whether one component answers on one port, whoever asks."""
    policy = spec if isinstance(spec, Mapping) else {}
    selector = opened(policy.get("podSelector"))
    ports = [len([*_listed(rule.get("ports"))]) for rule in _listed(policy.get("ingress"))]
    chosen = isinstance(selector, Mapping) and bool(selector.get("matchLabels"))
    return chosen and ports == [1] and _outward(policy)


def _is_webhook(name: object) -> bool:
    return isinstance(name, str) and name.endswith(WEBHOOK)


NAME = "metadata.name"
ANYBODY = ({"ingress": [{}]}, {"ingress": [{"from": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]}]}, {"egress": [{}]})

RULE = Rule(
    id="traffic-named",
    title="Network policies name who may come in and where one may go; only webhooks answer anybody",
    portuguese="Políticas de rede nomeiam quem entra e aonde se vai; só webhooks respondem a qualquer um",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(e)(1)", "CIS Kubernetes 5.3.2"),
    demands=(
        on(
            of(
                NETWORK_POLICY,
                where=Check(path=NAME, wanted="", holds=lambda name: not _is_webhook(name), wrong=()),
            ),
            Check(
                path="spec",
                wanted="name who may come in, and the ports or places where one may go",
                holds=_named,
                wrong=ANYBODY,
            ),
        ),
        on(
            of(NETWORK_POLICY, where=Check(path=NAME, wanted="", holds=_is_webhook, wrong=())),
            Check(
                path="spec",
                wanted="choose one component by its labels, and open one port",
                holds=_webhook,
                wrong=({"podSelector": {}, "ingress": [{"ports": [{"port": 9443}]}]}, *ANYBODY),
            ),
        ),
    ),
)
