"""The private network of the cloud side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network
from typing import Final

from pulumi import Output, ResourceOptions
from pulumi_gcp import compute

from components.base import Component
from components.cloud.project import Api, Project

SMALLEST: Final = 29
"""Longest prefix of a subnet (https://cloud.google.com/vpc/docs/subnets#valid-ranges)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Subnet:
    """The ranges of one subnet."""

    range: IPv4Network
    secondary: Mapping[str, IPv4Network] = field(default_factory=dict)
    """Alias ranges by their names; a cluster takes its pods and services from here."""

    def __post_init__(self) -> None:
        if self.range.prefixlen > SMALLEST:
            raise ValueError(f"{self.range} is too small for a subnet: write /{SMALLEST} or a larger range")


@dataclass(frozen=True, kw_only=True, slots=True)
class NetworkArgs:
    """Where the network is, and its subnets by name."""

    project: Project
    region: str
    subnets: Mapping[str, Subnet]

    def __post_init__(self) -> None:
        if not self.subnets:
            raise ValueError("a network without subnets can hold nothing: name at least one")


class Network(Component, token="gcp:Network"):
    """A custom-mode network whose every packet is logged and whose machines need no address of their own.

    It brings no way in: that is the firewall's and the link's. The one way out is the default route that
    Google makes with a network: private API addresses and NAT need it, a machine without an address of its
    own gets no further by it, and the firewall denies what is not named. Names in Google are Pulumi's own
    (with a suffix), so that a part that must be replaced is made before the old one goes.
    """

    id: Output[str]
    """The network, ready to be attached to."""
    name: Output[str]
    """Its bare name, for the few places that take no id."""
    subnets: Mapping[str, Output[str]]
    """Ids by name."""

    def __init__(self, name: str, args: NetworkArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        network = compute.Network(
            name,
            project=args.project.on(Api.COMPUTE),
            auto_create_subnetworks=False,
            delete_default_routes_on_create=False,  # NAT and the private API addresses leave by Google's own
            routing_mode="GLOBAL",  # clients in another region reach the sites' routes too
            mtu=1460,  # Google's default: the tunnels' MTU is derived from it
            opts=self.child(),
        )
        subnets = {key: self._subnet(f"{name}-{key}", network, args, key) for key in args.subnets}
        self.id = network.id
        self.name = network.name
        self.subnets = {key: subnet.id for key, subnet in subnets.items()}
        self.seal()

    def _subnet(self, name: str, network: compute.Network, args: NetworkArgs, key: str) -> compute.Subnetwork:
        """A subnet with flow logs as the CIS benchmark asks for them (GCP Foundations 3.8)."""
        subnet = args.subnets[key]
        return compute.Subnetwork(
            name,
            project=args.project.on(Api.COMPUTE),
            region=args.region,
            network=network.id,
            ip_cidr_range=str(subnet.range),
            secondary_ip_ranges=[
                {"range_name": alias, "ip_cidr_range": str(range_)}
                for alias, range_ in sorted(subnet.secondary.items())
            ],
            stack_type="IPV4_ONLY",
            private_ip_google_access=True,
            log_config={
                "aggregation_interval": "INTERVAL_5_SEC",
                "flow_sampling": 1.0,
                "metadata": "INCLUDE_ALL_METADATA",
            },
            opts=self.child(),
        )
