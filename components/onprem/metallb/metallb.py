"""Addresses of the hospital's own network for services of type LoadBalancer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network
from typing import Final

from pulumi import Input, Output, Resource, ResourceOptions
from pulumi_kubernetes.apiextensions import CustomResource

from components.base import Component, after
from components.onprem.door import Machine, run
from components.onprem.metallb.preflight import preflight
from components.onprem.metallb.values import VALUES, WEBHOOK_PORT
from components.platform.charts import release
from components.platform.traffic import ANYWHERE, Allowance, Flow, Peer, Traffic, TrafficArgs, api_server

POOL: Final = "hospital"

MOST: Final = 256
"""Addresses of a pool: all are asked for at once, and one node answers for each."""

INTERFACE: Final = re.compile(r"[A-Za-z0-9_-]{1,15}")
"""As Linux names them; without the dot of VLANs, on which a guest's bridge has no business."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MetalLbArgs:
    """Which addresses, and where they are announced."""

    namespace: Input[str]
    """Known once it exists, Pod Security ``privileged``: speakers answer for the node itself."""
    first: IPv4Address
    last: IPv4Address
    interfaces: Sequence[str]
    """Of the nodes; on any other, ARP for these addresses stays unanswered."""
    nodes: Mapping[str, str] = field(default_factory=dict)
    """Labels of the nodes that announce; every node when empty."""
    machine: Machine | None = None
    """Where it is asked beforehand whether the addresses are free; a node, because its network is theirs."""
    asked_on: Sequence[str] = ()
    """That machine's own cards among the interfaces; all of them when empty."""
    callers: Sequence[IPv4Network] = (ANYWHERE,)
    """From where the control plane calls MetalLB's webhook, as for ``Certificates``."""
    servers: Sequence[IPv4Network] = (ANYWHERE,)
    """Where the control plane answers."""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"pool {self.first}-{self.last}: write the lower address first")
        if int(self.last) - int(self.first) >= MOST:
            raise ValueError(f"pool {self.first}-{self.last}: take at most {MOST} addresses")
        if not self.interfaces:
            raise ValueError(
                "addresses announced on every interface reach networks that are not theirs: name one"
            )
        for each in self.interfaces:
            if not INTERFACE.fullmatch(each):
                raise ValueError(f"interface {each!r}: write it like lima0 or enp0s1")
        for each in self.asked_on:
            if each not in self.interfaces:
                raise ValueError(f"asked on {each!r}, where nothing is announced: name one of the interfaces")

    @property
    def addresses(self) -> Sequence[IPv4Address]:
        """All of the pool."""
        return [IPv4Address(each) for each in range(int(self.first), int(self.last) + 1)]


class MetalLb(Component, token="onprem:MetalLb"):
    """One pool, announced by ARP on named interfaces only, after nobody else was found to have an address.

    One node answers for each address, and another takes over within seconds when it is gone; that is
    availability, not speed. It speaks no BGP.
    """

    pool: Output[str]
    """The pool's name, known once its addresses are announced."""

    def __init__(self, name: str, args: MetalLbArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        asked = Flow(peers=[Peer(addresses=each) for each in args.callers], ports=[WEBHOOK_PORT])
        controller = {"app.kubernetes.io/component": "controller"}
        allowances = {
            "api": Allowance(pods=controller, sends=[api_server(args.servers)]),
            "webhook": Allowance(pods=controller, receives=[asked]),
        }
        traffic = Traffic(name, TrafficArgs(namespace=args.namespace, allowances=allowances), self.child())
        operator = release(name, "metallb", traffic.closed, VALUES, self.child())
        free = self._preflight(name, args)
        pool = self._resource(
            f"{name}-pool",
            "IPAddressPool",
            args,
            {"addresses": [f"{args.first}-{args.last}"], "avoidBuggyIPs": True},
            [operator, *free],
        )
        announced = self._resource(
            f"{name}-announced",
            "L2Advertisement",
            args,
            {
                "ipAddressPools": [POOL],
                "interfaces": [*args.interfaces],
                **({"nodeSelectors": [{"matchLabels": {**args.nodes}}]} if args.nodes else {}),
            },
            [operator],
        )
        self.pool = after(POOL, pool.id, announced.id)
        self.seal()

    def _preflight(self, name: str, args: MetalLbArgs) -> list[Resource]:
        if args.machine is None:
            return []
        script = preflight(args.addresses, args.asked_on or args.interfaces)
        # The machine is a node of this cluster: once a namespace is there, so are its packages.
        return [run(f"{name}-preflight", args.machine, script, self.child(), waits_for=[args.namespace])]

    def _resource(
        self, name: str, kind: str, args: MetalLbArgs, spec: Mapping[str, object], needs: list[Resource]
    ) -> CustomResource:
        return CustomResource(
            name,
            api_version="metallb.io/v1beta1",
            kind=kind,
            metadata={"name": POOL, "namespace": args.namespace},
            spec=spec,
            opts=self.child(depends_on=needs),
        )
