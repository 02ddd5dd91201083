"""The link as addresses, ports and ranges: all about it that is neither secret nor known only later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network
from typing import Final

from components.cloud.network.ranges import DNS_FORWARDERS, PRIVATE_APIS

GATEWAYS: Final = ("a", "b")
"""Short lasting names; the first is preferred on both sides."""

SLOTS: Final = 2
"""Generations of keys that can work side by side: each has its own port, interfaces and addresses."""

BLOCK: Final = 29
"""Prefix length of a site's tunnel addresses: a /31 for each gateway and slot."""

MTU: Final = 1380
"""Inside the tunnels: the network's 1460 less WireGuard's 60, and 20 to spare for lines such as PPPoE."""

HEALTH_PORT: Final = 8080

MOST_SITES: Final = 140
"""So that a gateway's document fits into a secret (64 KiB) also while two generations work."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SitePlan:
    """One site's part of the plan."""

    number: int
    """Its own for ever."""
    public_address: IPv4Address
    ranges: Sequence[IPv4Network]
    """What lies there and is reached through the tunnels."""
    block: IPv4Network
    """Its tunnel addresses."""

    def __post_init__(self) -> None:
        if self.block.prefixlen != BLOCK:
            raise ValueError(
                f"tunnel addresses {self.block}: write a /{BLOCK}, for two gateways and two slots"
            )
        if not self.ranges:
            raise ValueError(f"site number {self.number} has no ranges: nothing would use its tunnels")

    def own(self, gateway: str, slot: int) -> IPv4Address:
        """The gateway's end of a tunnel; the site's is the next address."""
        return self.block[2 * (SLOTS * GATEWAYS.index(gateway) + slot)]

    def far(self, gateway: str, slot: int) -> IPv4Address:
        """The site's end of a tunnel."""
        return self.own(gateway, slot) + 1


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkPlan:
    """The whole link."""

    cloud: Sequence[IPv4Network]
    """Every range inside the network: subnets, pods, services."""
    private_services: IPv4Network
    """Where Cloud SQL answers."""
    gateways: IPv4Network
    """The gateways' subnet."""
    port: int
    """UDP, of the first slot; the second has the next."""
    generations: Sequence[int] = (1,)
    """Generations of keys that work, at most two, one after the other."""
    sites: Mapping[str, SitePlan] = field(default_factory=dict)

    def __post_init__(self) -> None:
        first, *more = self.generations
        if first < 1 or more not in ([], [first + 1]):
            raise ValueError(f"generations {[*self.generations]}: write one number from 1, or two in a row")
        if not 1024 <= self.port < 65535:  # noqa: PLR2004 -- the unprivileged ports, and room for the second
            raise ValueError(f"port {self.port}: write 1024 to 65534, the next one is used too")
        if len(self.sites) > MOST_SITES:
            raise ValueError(
                f"{len(self.sites)} sites: a gateway's secret holds {MOST_SITES}; split the hospital"
            )

    @property
    def newest(self) -> int:
        """The generation that everybody should use."""
        return self.generations[-1]

    @property
    def ports(self) -> Sequence[int]:
        """Both slots' ports; only those of working generations are listened on."""
        return [self.port + slot for slot in range(SLOTS)]

    @property
    def reached(self) -> Sequence[IPv4Network]:
        """What a site reaches through its tunnels."""
        return [*self.cloud, self.private_services, PRIVATE_APIS, DNS_FORWARDERS]

    def internal(self, gateway: str) -> IPv4Address:
        """A gateway's fixed address in its subnet; the first usable one is Google's."""
        return self.gateways[2 + GATEWAYS.index(gateway)]

    @property
    def balancer(self) -> IPv4Address:
        """The load balancer's fixed address, which is the next hop to every site."""
        return self.gateways[2 + len(GATEWAYS)]

    def listens(self, generation: int) -> int:
        """The port of a generation."""
        return self.port + slot(generation)


def slot(generation: int) -> int:
    """Which of the two places a generation takes; the one after next takes it over."""
    return (generation - 1) % SLOTS
