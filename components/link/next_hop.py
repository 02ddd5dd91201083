"""The way from the cloud to the sites."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import compute

from components.base import Component
from components.cloud.project import Api, Project
from components.link.plan import GATEWAYS, HEALTH_PORT, LinkPlan


@dataclass(frozen=True, kw_only=True, slots=True)
class NextHopArgs:
    """Where, over which machines, and to which sites."""

    project: Project
    region: str
    network: Input[str]
    subnetwork: Input[str]
    plan: LinkPlan
    groups: Mapping[str, Input[str]]
    """Instance groups by gateway."""
    labels: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if {*self.groups} != {*GATEWAYS}:
            raise ValueError(f"groups {sorted(self.groups)}: write {' and '.join(GATEWAYS)}")


class NextHop(Component, token="link:NextHop"):
    """A load balancer as the next hop to every site: the first gateway that hears the sites, else the second.

    When neither hears anybody it goes on sending to the first: the traffic is lost either way, and comes
    through at once where only the question was wrong. Connections move with the change, since gateways judge
    each packet by itself. Routes carry no tag: those with one are never told to Cloud SQL's peering.
    """

    address: Output[str]
    """The next hop's own."""
    routes: Mapping[str, Mapping[str, Output[str]]]
    """Ids by site and range."""

    def __init__(self, name: str, args: NextHopArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        rule = self._rule(name, args, self._backends(name, args))
        self.address = rule.ip_address
        self.routes = {
            site: {str(each): self._route(f"{name}-{site}", args, rule, each) for each in plan.ranges}
            for site, plan in args.plan.sites.items()
        }
        self.seal()

    def _route(
        self, name: str, args: NextHopArgs, rule: compute.ForwardingRule, range_: IPv4Network
    ) -> Output[str]:
        return compute.Route(
            f"{name}-{str(range_).replace('.', '-').replace('/', '-')}",
            project=args.project.on(Api.COMPUTE),
            network=args.network,
            dest_range=str(range_),
            next_hop_ilb=rule.id,
            priority=1000,
            opts=self.child(),
        ).id

    def _backends(self, name: str, args: NextHopArgs) -> compute.RegionBackendService:
        check = compute.RegionHealthCheck(
            name,
            project=args.project.on(Api.COMPUTE),
            region=args.region,
            description="Whether a gateway hears the sites",
            check_interval_sec=1,
            timeout_sec=1,
            healthy_threshold=2,
            unhealthy_threshold=2,
            http_health_check={"port": HEALTH_PORT, "request_path": "/ready"},
            log_config={"enable": True},
            opts=self.child(),
        )
        first, second = (args.groups[key] for key in GATEWAYS)
        return compute.RegionBackendService(
            name,
            project=args.project.on(Api.COMPUTE),
            region=args.region,
            load_balancing_scheme="INTERNAL",
            protocol="TCP",  # as a next hop it carries every protocol
            backends=[
                {"group": first, "balancing_mode": "CONNECTION"},
                {"group": second, "balancing_mode": "CONNECTION", "failover": True},
            ],
            failover_policy={
                "failover_ratio": 1.0,
                "disable_connection_drain_on_failover": True,
                "drop_traffic_if_unhealthy": False,
            },
            connection_tracking_policy={"connection_persistence_on_unhealthy_backends": "NEVER_PERSIST"},
            health_checks=check.id,
            opts=self.child(),
        )

    def _rule(
        self, name: str, args: NextHopArgs, backends: compute.RegionBackendService
    ) -> compute.ForwardingRule:
        project = args.project.on(Api.COMPUTE)
        address = compute.Address(
            name,
            project=project,
            region=args.region,
            address_type="INTERNAL",
            purpose="GCE_ENDPOINT",
            subnetwork=args.subnetwork,
            address=str(args.plan.balancer),
            opts=self.child(),
        )
        return compute.ForwardingRule(
            name,
            project=project,
            region=args.region,
            load_balancing_scheme="INTERNAL",
            backend_service=backends.id,
            network=args.network,
            subnetwork=args.subnetwork,
            ip_address=address.address,
            ip_protocol="TCP",
            all_ports=True,
            allow_global_access=True,
            labels=args.labels,
            opts=self.child(),
        )
