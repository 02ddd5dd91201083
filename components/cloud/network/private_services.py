"""The peering through which Google's managed services, Cloud SQL first, get private addresses."""

from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Final

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import compute, servicenetworking

from components.base import Component, after
from components.cloud.project import Api, Project

SMALLEST: Final = 24
"""Longest prefix that Google allots to one service in one region
(https://cloud.google.com/vpc/docs/configure-private-services-access#allocating-range)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PrivateServicesArgs:
    """The network, and the range that is given to Google."""

    project: Project
    network: Input[str]
    """The network's id."""
    network_name: Input[str]
    range: IPv4Network
    """It can grow by another range, and never shrink."""
    export_routes: bool
    """Whether the services learn the way to the sites; without it they cannot answer them."""
    disposable: bool = False
    """Whether the peering goes with the stack, so that its network can. Whatever still answers through it is
    cut off: never for a stack whose data counts."""

    def __post_init__(self) -> None:
        if self.range.prefixlen > SMALLEST:
            raise ValueError(
                f"{self.range} is too small for private services: write /{SMALLEST} or a larger range, "
                "one for each service and region"
            )


class PrivateServices(Component, token="gcp:PrivateServices"):
    """Private service access, with the routes to the sites exported.

    Google keeps the connection busy for days after the last database has gone
    (hashicorp/terraform-provider-google#16275). On destroy it is abandoned, and the network then stays until
    somebody removes the peering; a disposable one removes it by itself
    (GoogleCloudPlatform/magic-modules#18476). The routes' export is set explicitly in both directions, also
    where there are no sites, because deleting the setting changes nothing in Google.
    """

    range_name: Output[str]
    """The name of the range, known once services can be placed in it."""
    network: Output[str]
    """The network's id, known once private services can be placed in it."""
    routes: Output[str]
    """Known once they can answer the sites; no service need wait for it to be placed."""

    def __init__(self, name: str, args: PrivateServicesArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        project = args.project.on(Api.COMPUTE)
        range_ = compute.GlobalAddress(
            name,
            project=project,
            network=args.network,
            purpose="VPC_PEERING",
            address_type="INTERNAL",
            address=str(args.range.network_address),
            prefix_length=args.range.prefixlen,
            opts=self.child(),
        )
        connection = servicenetworking.Connection(
            name,
            network=args.network,
            service=after(Api.SERVICE_NETWORKING.value, args.project.on(Api.SERVICE_NETWORKING)),
            reserved_peering_ranges=[range_.name],
            deletion_policy="REMOVE_PEERING" if args.disposable else "ABANDON",
            update_on_creation_fail=True,  # the peering of an earlier life is taken over
            opts=self.child(),
        )
        routes = compute.NetworkPeeringRoutesConfig(
            name,
            project=project,
            network=args.network_name,
            peering=connection.peering,
            export_custom_routes=args.export_routes,
            import_custom_routes=False,
            opts=self.child(),
        )
        self.range_name = after(range_.name, connection.id)
        self.network = after(args.network, connection.id)
        self.routes = routes.id
        self.seal()
