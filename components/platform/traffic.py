"""What may be sent and received in a namespace: nothing but what is named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network
from typing import Final

from pulumi import Input, Output, ResourceOptions
from pulumi_kubernetes.networking import v1 as networking

from components.base import Component, after

ANYWHERE: Final = IPv4Network("0.0.0.0/0")

API_PORT: Final = 6443
"""Of k3s' control plane and of local clusters; a policy sees the port behind the Service."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Peer:
    """The other end: pods of a namespace, or addresses."""

    namespace: str | None = None
    """By name; the own one when absent."""
    pods: Mapping[str, str] = field(default_factory=dict)
    """Labels; all pods of the namespace when empty."""
    addresses: IPv4Network | None = None
    """Instead of pods."""

    def written(self) -> networking.NetworkPolicyPeerArgsDict:
        """As Kubernetes takes it."""
        if self.addresses is not None:
            return {"ip_block": {"cidr": str(self.addresses)}}
        pods: networking.NetworkPolicyPeerArgsDict = {
            "pod_selector": {"match_labels": self.pods} if self.pods else {}
        }
        if self.namespace:
            pods["namespace_selector"] = {"match_labels": {"kubernetes.io/metadata.name": self.namespace}}
        return pods


@dataclass(frozen=True, kw_only=True, slots=True)
class Flow:
    """From peers, or to them, at the ports of whoever answers."""

    peers: Sequence[Peer]
    ports: Sequence[int]
    protocols: Sequence[str] = ("TCP",)

    def __post_init__(self) -> None:
        if not self.peers or not self.ports:
            raise ValueError("a flow without peers or ports would allow everything: name both")


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowance:
    """What some pods of the namespace may do."""

    pods: Mapping[str, str] = field(default_factory=dict)
    """Labels; all pods of the namespace when empty."""
    receives: Sequence[Flow] = ()
    sends: Sequence[Flow] = ()

    def __post_init__(self) -> None:
        if not self.receives and not self.sends:
            raise ValueError("an allowance that allows nothing: leave it out, all is refused already")


@dataclass(frozen=True, kw_only=True, slots=True)
class TrafficArgs:
    """A namespace, and what is allowed in it by name."""

    namespace: Input[str]
    allowances: Mapping[str, Allowance] = field(default_factory=dict)


class Traffic(Component, token="platform:Traffic"):
    """Network policies of one namespace: everything is refused both ways, but names and what is allowed."""

    closed: Output[str]
    """The namespace, known once nothing passes that nobody allowed."""

    def __init__(self, name: str, args: TrafficArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        specs = {"closed": CLOSED, **{key: _spec(each) for key, each in args.allowances.items()}}
        policies = {
            key: networking.NetworkPolicy(
                f"{name}-{key}",
                metadata={"name": key, "namespace": args.namespace},
                spec=spec,
                opts=self.child(),
            )
            for key, spec in specs.items()
        }
        self.closed = after(args.namespace, policies["closed"].id)
        self.seal()


def api_server(addresses: Sequence[IPv4Network] = (ANYWHERE,)) -> Flow:
    """To the cluster's own API, wherever its servers stand."""
    return Flow(peers=[Peer(addresses=each) for each in addresses], ports=[API_PORT])


def _spec(allowance: Allowance) -> networking.NetworkPolicySpecArgsDict:
    return {
        "pod_selector": {"match_labels": allowance.pods} if allowance.pods else {},
        "policy_types": [
            *(["Ingress"] if allowance.receives else []),
            *(["Egress"] if allowance.sends else []),
        ],
        "ingress": [{"from_": _peers(flow), "ports": _ports(flow)} for flow in allowance.receives],
        "egress": [{"to": _peers(flow), "ports": _ports(flow)} for flow in allowance.sends],
    }


def _peers(flow: Flow) -> list[networking.NetworkPolicyPeerArgsDict]:
    return [peer.written() for peer in flow.peers]


def _ports(flow: Flow) -> list[networking.NetworkPolicyPortArgsDict]:
    return [{"port": port, "protocol": protocol} for port in flow.ports for protocol in flow.protocols]


NAMES: Final = Flow(
    peers=[Peer(namespace="kube-system", pods={"k8s-app": "kube-dns"})], ports=[53], protocols=("UDP", "TCP")
)
"""Every pod may ask for names."""

CLOSED: Final[networking.NetworkPolicySpecArgsDict] = {
    "pod_selector": {},
    "policy_types": ["Ingress", "Egress"],
    "egress": [{"to": _peers(NAMES), "ports": _ports(NAMES)}],
}
"""For every pod of a namespace."""
