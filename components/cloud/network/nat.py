"""The way out for machines without an address of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import compute

from components.base import Component, after
from components.cloud.project import Api, Project


@dataclass(frozen=True, kw_only=True, slots=True)
class NatArgs:
    """Who goes out, and behind how many addresses."""

    project: Project
    region: str
    network: Input[str]
    subnets: Mapping[str, Input[str]]
    """Ids by name; only these go out, with all their ranges."""
    addresses: Sequence[str] = ("a", "b")
    """Short lasting keys of the fixed addresses; each carries 64,512 connections to one destination."""
    labels: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.subnets:
            raise ValueError("NAT for no subnet serves nobody: name at least one")
        if not self.addresses or len(set(self.addresses)) < len(self.addresses):
            raise ValueError("NAT needs at least one address, each with a key of its own, as in ('a', 'b')")


class Nat(Component, token="gcp:Nat"):
    """Translation to fixed addresses, which partners can allow-list; every connection and drop is logged.

    Flow logs show a machine's own address only: without the translations nobody could answer a partner
    who asks which machine called. Nothing comes in this way.
    """

    addresses: Mapping[str, Output[str]]
    """The public addresses by key, known once traffic leaves from them."""

    def __init__(self, name: str, args: NatArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        project = args.project.on(Api.COMPUTE)
        reserved = {
            key: compute.Address(
                f"{name}-{key}",
                project=project,
                region=args.region,
                address_type="EXTERNAL",
                labels=args.labels,
                opts=self.child(),
            )
            for key in args.addresses
        }
        router = compute.Router(
            name, project=project, region=args.region, network=args.network, opts=self.child()
        )
        nat = self._translation(name, args, router, [address.self_link for address in reserved.values()])
        self.addresses = {key: after(address.address, nat.id) for key, address in reserved.items()}
        self.seal()

    def _translation(
        self, name: str, args: NatArgs, router: compute.Router, addresses: Sequence[Input[str]]
    ) -> compute.RouterNat:
        """The gateway's rules.

        Ports are lent as needed: a machine gets from Google's static default up to an eighth of one address
        (https://cloud.google.com/nat/docs/ports-and-addresses#dynamic-port).
        """
        return compute.RouterNat(
            name,
            project=args.project.on(Api.COMPUTE),
            region=args.region,
            router=router.name,
            nat_ip_allocate_option="MANUAL_ONLY",
            nat_ips=addresses,
            source_subnetwork_ip_ranges_to_nat="LIST_OF_SUBNETWORKS",
            subnetworks=[
                {"name": subnet, "source_ip_ranges_to_nats": ["ALL_IP_RANGES"]}
                for _, subnet in sorted(args.subnets.items())
            ],
            enable_dynamic_port_allocation=True,
            enable_endpoint_independent_mapping=False,  # Google refuses it beside dynamic ports
            min_ports_per_vm=64,
            max_ports_per_vm=8192,
            log_config={"enable": True, "filter": "ALL"},
            opts=self.child(),
        )
