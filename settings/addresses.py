"""The address plan: every range of cloud, sites and tunnels, and what it must not meet.

Ranges are compared wherever they can be read, also in a file that has other mistakes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from types import MappingProxyType
from typing import Final, NamedTuple

from settings.finding import Finding, Path, dotted, reach, read, sites

LINK_LENGTH: Final = 29
"""Prefix length of a site's block of tunnel addresses: two tunnels of four addresses each."""


class Size(NamedTuple):
    """How long the prefix of a range may be, and why."""

    shortest: int
    longest: int
    why: str


SIZES: Final[Mapping[str, Size]] = MappingProxyType(
    {
        "nodes": Size(8, 22, "every upgrade adds nodes beside the old ones"),
        "gateways": Size(8, 28, "two gateways, their load balancer and Google's four addresses"),
        "pods": Size(9, 18, "Autopilot gives each node a /26 of its own"),
        "services": Size(16, 24, "Google allows /16 to /27, and every service takes one"),
        "private_services": Size(8, 20, "each Google service takes a /24, and the range can never shrink"),
        "tunnels": Size(8, LINK_LENGTH, "each site takes a /29"),
        "site.lan": Size(8, 27, "hosts, load balancers and bedside devices"),
        "site.pods": Size(8, 22, "k3s gives each of four nodes a /24"),
        "site.services": Size(12, 24, "every service takes one"),
    }
)
"""Sizes after GKE's and VPC's documented limits, with room for the platform's own use."""

RESERVED: Final[Mapping[str, IPv4Network]] = MappingProxyType(
    {
        "this network": IPv4Network("0.0.0.0/8"),
        "loopback": IPv4Network("127.0.0.0/8"),
        "link-local and metadata": IPv4Network("169.254.0.0/16"),
        "Docker's bridge, which Cloud SQL refuses": IPv4Network("172.17.0.0/16"),
        "Lima's own network": IPv4Network("192.168.5.0/24"),
        "Google's restricted API addresses": IPv4Network("199.36.153.4/30"),
        "Google's private API addresses": IPv4Network("199.36.153.8/30"),
        "Google's direct API addresses": IPv4Network("34.126.0.0/18"),
        "Google's DNS forwarders": IPv4Network("35.199.192.0/19"),
        "Google's health checks": IPv4Network("35.191.0.0/16"),
        "Google's older health checks": IPv4Network("130.211.0.0/22"),
        "multicast": IPv4Network("224.0.0.0/4"),
        "class E": IPv4Network("240.0.0.0/4"),
    }
)
"""Ranges that a platform of this kind meets by itself, by whom they belong to."""

PRIVATE: Final = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")))
"""RFC 1918 and RFC 6598."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Range:
    """A range of the plan, by the path at which it stands."""

    path: Path
    network: IPv4Network
    use: str
    owner: str = ""

    def __str__(self) -> str:
        owner = f" of {self.owner}" if self.owner else ""
        return f"{dotted(self.path)}{owner} ({self.network})"


def ranges(raw: Mapping[str, object]) -> Iterator[Range]:
    """Every range of the plan that can be read."""
    for use in ("nodes", "gateways", "pods", "services", "private_services"):
        yield from _range(("cloud", "network", use), reach(raw, "cloud", "network", use), use)
    yield from _range(("tunnels",), reach(raw, "tunnels"), "tunnels")
    for index, site in sites(raw):
        for use in ("lan", "pods", "services"):
            yield from _range(("sites", index, use), site.get(use), f"site.{use}", str(site.get("name", "")))


def link(tunnels: IPv4Network, number: int) -> IPv4Network | None:
    """The block of tunnel addresses of the site with this number; ``None`` beyond the range's end."""
    length = 2 ** (32 - LINK_LENGTH)
    first = int(tunnels.network_address) + (number - 1) * length
    if first + length - 1 > int(tunnels.broadcast_address):
        return None
    return IPv4Network((first, LINK_LENGTH))


def conflicts(raw: Mapping[str, object]) -> Iterator[Finding]:
    """Ranges that overlap, that are reserved or public, or that have the wrong size for their use."""
    plan = [*ranges(raw)]
    for each in plan:
        yield from _own_faults(each)
    yield from _overlaps(plan)
    yield from _links(raw)
    for index, site in sites(raw):
        yield from _public(("sites", index, "public_address"), site.get("public_address"))


def _range(path: Path, value: object, use: str, owner: str = "") -> Iterator[Range]:
    network = read(IPv4Network, value) if "/" in str(value) else None
    if network:
        yield Range(path=path, network=network, use=use, owner=owner)


def _own_faults(each: Range) -> Iterator[Finding]:
    taken = next((f"{name} ({net})" for name, net in RESERVED.items() if net.overlaps(each.network)), None)
    size = SIZES[each.use]
    if taken:
        yield _at(each, f"meets {taken}; choose another range")
    elif not any(each.network.subnet_of(private) for private in PRIVATE):
        yield _at(each, f"is not private; choose a range inside {', '.join(map(str, PRIVATE))}")
    if each.network.prefixlen > size.longest:
        yield _at(each, f"is too small; write /{size.longest} or a larger range: {size.why}")
    if each.network.prefixlen < size.shortest:
        yield _at(each, f"is too large; write /{size.shortest} or a smaller range: {size.why}")


def _overlaps(plan: list[Range]) -> Iterator[Finding]:
    """Each overlap once, told at the range that comes later in the plan."""
    place = {each.path: position for position, each in enumerate(plan)}
    open_ranges: list[Range] = []
    for each in sorted(plan, key=lambda item: (item.network.network_address, item.network.prefixlen)):
        open_ranges = [other for other in open_ranges if other.network.overlaps(each.network)]
        for other in open_ranges:
            earlier, later = sorted((other, each), key=lambda item: place[item.path])
            yield _at(later, f"overlaps {earlier}; give each a range of its own")
        open_ranges.append(each)


def _links(raw: Mapping[str, object]) -> Iterator[Finding]:
    tunnels = read(IPv4Network, reach(raw, "tunnels"))
    for index, site in sites(raw):
        number = site.get("number")
        if tunnels and isinstance(number, int) and number >= 1 and link(tunnels, number) is None:
            last = tunnels.num_addresses // 2 ** (32 - LINK_LENGTH)
            message = f"has no link in tunnels ({tunnels}), which holds sites 1 to {last}; widen it"
            yield Finding(("sites", index, "number"), number, message)


def _public(path: Path, value: object) -> Iterator[Finding]:
    address = read(IPv4Address, value)
    if address is None:
        return
    if home := next((net for net in (*PRIVATE, *RESERVED.values()) if address in net), None):
        message = f"lies in {home}, which the internet does not route; write the site's fixed public address"
        yield Finding(path, value, message)


def _at(each: Range, message: str) -> Finding:
    return Finding(each.path, str(each.network), message)
