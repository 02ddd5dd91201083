"""What the network's firewall lets through for the link."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import compute

from components.base import Component
from components.cloud.network.ranges import DNS_FORWARDERS
from components.cloud.network.rules import Priority, Rule
from components.cloud.project import Api, Project
from components.link.plan import LinkPlan, SitePlan


@dataclass(frozen=True, kw_only=True, slots=True)
class PassageArgs:
    """Whose machines, in which policy."""

    project: Project
    policy: Input[str]
    """The firewall policy's name (``Firewall.policy``)."""
    plan: LinkPlan
    accounts: Sequence[Input[str]]
    """Of the gateways: the rules hold for machines that run as one of these, and for no other."""

    def __post_init__(self) -> None:
        if not self.accounts:
            raise ValueError("rules for no account would open every machine: name the gateways' accounts")


class Passage(Component, token="link:Passage"):
    """Tunnels from each site's own address and no other, and what is on its way to a site; all of it logged.

    Priorities follow from a site's number, so that sites come and go without touching each other's rules.
    """

    rules: Mapping[str, Output[str]]
    """Ids by name."""

    def __init__(self, name: str, args: PassageArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        self.rules = {
            key: compute.NetworkFirewallPolicyRule(
                f"{name}-{key}",
                project=args.project.on(Api.COMPUTE),
                firewall_policy=args.policy,
                rule_name=f"{name}-{key}",
                priority=int(rule.priority),
                direction=rule.direction,
                action="allow",
                match=rule.match(),
                target_service_accounts=args.accounts,
                enable_logging=True,
                opts=self.child(),
            ).id
            for site, plan in args.plan.sites.items()
            for key, rule in _rules(site, plan, args.plan)
        }
        self.seal()


def _rules(name: str, site: SitePlan, plan: LinkPlan) -> Iterator[tuple[str, Rule]]:
    yield (
        f"tunnel-{name}",
        Rule(
            priority=Priority.INGRESS_TUNNEL + site.number,
            direction="INGRESS",
            sources=[IPv4Network(site.public_address)],
            udp=sorted({str(plan.listens(each)) for each in plan.generations}),
        ),
    )
    yield (
        f"transit-{name}",
        Rule(
            priority=Priority.INGRESS_TRANSIT + site.number,
            direction="INGRESS",
            sources=[*plan.cloud, plan.private_services, DNS_FORWARDERS],
            destinations=site.ranges,
        ),
    )
