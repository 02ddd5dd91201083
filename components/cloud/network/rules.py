"""The firewall's rules, as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from ipaddress import IPv4Network
from typing import Final, Literal

from pulumi_gcp import compute

from components.cloud.network.ranges import DIRECT_APIS, HEALTH_CHECKS, INTERNET, PRIVATE_APIS

HTTPS: Final = ("443",)
CLOUD_SQL: Final = ("5432", "3307")
"""PostgreSQL itself, and the server side of Cloud SQL's connectors
(https://cloud.google.com/sql/docs/postgres/configure-private-ip)."""


class Priority(IntEnum):
    """Where each rule stands; lower numbers are asked first. Below 100 is room for other components."""

    INGRESS_INTERNAL = 100
    INGRESS_HEALTH_CHECKS = 110
    EGRESS_INTERNAL = 200
    EGRESS_PRIVATE_SERVICES = 210
    EGRESS_GOOGLE_APIS = 220
    EGRESS_INTERNET = 230
    INGRESS_SITE = 10_000
    """Plus the site's number."""
    EGRESS_SITE = 20_000
    """Likewise."""
    INGRESS_TUNNEL = 30_000
    """Likewise: what a site's tunnels are made of, to the gateways."""
    INGRESS_TRANSIT = 40_000
    """Likewise: what is on its way to a site, through the gateways."""
    INGRESS_DENY = 2_000_000_000
    EGRESS_DENY = 2_000_000_010


LAST_SITE: Final = Priority.EGRESS_SITE - Priority.INGRESS_SITE - 1


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteRanges:
    """What lies at a site, and the number that is its own for ever."""

    number: int
    ranges: Sequence[IPv4Network]

    def __post_init__(self) -> None:
        if not 1 <= self.number <= LAST_SITE:
            raise ValueError(f"site number {self.number}: write 1 to {LAST_SITE}")
        if not self.ranges:
            raise ValueError(
                f"site number {self.number} has no ranges, so no rule could name it: write its ranges"
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rule of the policy."""

    priority: int
    direction: Literal["INGRESS", "EGRESS"]
    allow: bool = True
    sources: Sequence[IPv4Network] = ()
    destinations: Sequence[IPv4Network] = ()
    tcp: Sequence[str] | None = None
    """Ports of TCP, all of them when empty; ``None`` means every protocol."""
    udp: Sequence[str] = ()
    """Ports of UDP, in place of every protocol."""

    def match(self) -> compute.NetworkFirewallPolicyRuleMatchArgsDict:
        """The rule's conditions as the provider takes them."""
        return {
            "layer4_configs": [self._protocol()],
            "src_ip_ranges": [str(each) for each in self.sources] or None,
            "dest_ip_ranges": [str(each) for each in self.destinations] or None,
        }

    def _protocol(self) -> compute.NetworkFirewallPolicyRuleMatchLayer4ConfigArgsDict:
        if self.udp:
            return {"ip_protocol": "udp", "ports": self.udp}
        return (
            {"ip_protocol": "all"} if self.tcp is None else {"ip_protocol": "tcp", "ports": self.tcp or None}
        )


def general(cloud: Sequence[IPv4Network], private_services: IPv4Network) -> dict[str, Rule]:
    """The rules of every network, by name."""
    return {
        "ingress-internal": Rule(
            priority=Priority.INGRESS_INTERNAL, direction="INGRESS", sources=cloud, destinations=cloud
        ),
        "ingress-health-checks": Rule(
            priority=Priority.INGRESS_HEALTH_CHECKS, direction="INGRESS", sources=HEALTH_CHECKS, tcp=()
        ),
        "egress-internal": Rule(priority=Priority.EGRESS_INTERNAL, direction="EGRESS", destinations=cloud),
        "egress-private-services": Rule(
            priority=Priority.EGRESS_PRIVATE_SERVICES,
            direction="EGRESS",
            destinations=[private_services],
            tcp=CLOUD_SQL,
        ),
        "egress-google-apis": Rule(
            priority=Priority.EGRESS_GOOGLE_APIS,
            direction="EGRESS",
            destinations=[PRIVATE_APIS, DIRECT_APIS],
            tcp=HTTPS,
        ),
        "egress-internet": Rule(
            priority=Priority.EGRESS_INTERNET, direction="EGRESS", destinations=[INTERNET], tcp=HTTPS
        ),
        "ingress-deny": Rule(
            priority=Priority.INGRESS_DENY, direction="INGRESS", allow=False, sources=[INTERNET]
        ),
        "egress-deny": Rule(
            priority=Priority.EGRESS_DENY, direction="EGRESS", allow=False, destinations=[INTERNET]
        ),
    }


def site(name: str, ranges: SiteRanges, cloud: Sequence[IPv4Network]) -> Mapping[str, Rule]:
    """The rules of one site, by name: it reaches the cloud's ranges, and they reach it."""
    return {
        f"ingress-site-{name}": Rule(
            priority=Priority.INGRESS_SITE + ranges.number,
            direction="INGRESS",
            sources=ranges.ranges,
            destinations=cloud,
        ),
        f"egress-site-{name}": Rule(
            priority=Priority.EGRESS_SITE + ranges.number, direction="EGRESS", destinations=ranges.ranges
        ),
    }
