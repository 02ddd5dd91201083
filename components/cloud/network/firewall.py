"""Who may talk to whom in the network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import compute

from components.base import Component, after
from components.cloud.network.rules import SiteRanges, general, site
from components.cloud.project import Api, Project


@dataclass(frozen=True, kw_only=True, slots=True)
class FirewallArgs:
    """The ranges that the rules are made of."""

    project: Project
    network: Input[str]
    """The network's id."""
    cloud: Sequence[IPv4Network]
    """Every range inside the network: subnets, pods, services."""
    private_services: IPv4Network
    """Where Cloud SQL answers."""
    sites: Mapping[str, SiteRanges] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.cloud:
            raise ValueError(
                "a firewall without cloud ranges would let nothing through: name the subnets' ranges"
            )
        owners: dict[int, str] = {}
        for name, ranges in self.sites.items():
            if (other := owners.setdefault(ranges.number, name)) != name:
                raise ValueError(
                    f"sites {other} and {name} both have number {ranges.number}, which orders their rules: "
                    f"give {name} a number that no site ever had"
                )


class Firewall(Component, token="gcp:Firewall"):
    """A network firewall policy: what is not named is denied in both directions, and every rule is logged.

    Priorities are fixed and have gaps; a site's follow from its number, so that sites come and go without
    touching each other's rules. VPC firewall rules, such as those that GKE makes for its clusters, are asked
    before the policy; this component makes none.
    """

    policy: Output[str]
    """The policy's name, for rules of other components; known once it guards the network."""

    def __init__(self, name: str, args: FirewallArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        project = args.project.on(Api.COMPUTE)
        policy = compute.NetworkFirewallPolicy(
            name, project=project, description="Default deny, both ways", opts=self.child()
        )
        association = compute.NetworkFirewallPolicyAssociation(
            name,
            project=project,
            attachment_target=args.network,
            firewall_policy=policy.name,
            opts=self.child(),
        )
        self._rules(name, args, policy)
        self.policy = after(policy.name, association.id)
        self.seal()

    def _rules(self, name: str, args: FirewallArgs, policy: compute.NetworkFirewallPolicy) -> None:
        rules = general(args.cloud, args.private_services)
        for key, ranges in args.sites.items():
            rules |= site(key, ranges, args.cloud)
        for key, rule in rules.items():
            compute.NetworkFirewallPolicyRule(
                f"{name}-{key}",
                project=args.project.on(Api.COMPUTE),
                firewall_policy=policy.name,
                rule_name=key,
                priority=int(rule.priority),
                direction=rule.direction,
                action="allow" if rule.allow else "deny",
                match=rule.match(),
                enable_logging=True,
                opts=self.child(),
            )
