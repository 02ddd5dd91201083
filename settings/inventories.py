"""What must hold between the machines of a hospital, checked as far as each value can be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from typing import Final

from settings.care import CARE
from settings.choices import Carrier, Driver, Environment, Os, Role
from settings.fields.network import Span, span_of
from settings.finding import Finding, Path, dotted, reach, read, sites
from settings.machines import machines, number

NODE_PODS: Final = 24
"""Prefix length of the pods of one node: k3s gives each a /24."""

NEEDED: Final[Mapping[str, str]] = {
    "country": "write under whose law the machines stand, like country: BR",
    "router": "write the way out of the lan, like router: 10.20.0.254",
    "dns": "write the hospital's own servers of names, like dns: [10.20.0.254]",
    "clocks": "write servers of time, like clocks: [a.st1.ntp.br, b.st1.ntp.br]",
    "dhcp": "write what the hospital's DHCP server gives out, like 10.20.2.1-10.20.3.254",
    "load_balancers": "write a row of free addresses for services, like 10.20.1.1-10.20.1.30",
    "entry": "write who enters the machines, with user below it",
}


IDENTITY: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    (("name",), "name"),
    (("host_key",), "SSH key"),
    (("mac",), "hardware address"),
    (("node", "mac"), "hardware address"),
)
"""What tells machines apart, and what people call it."""


UNREADABLE: Final[Mapping[str, object]] = {"os": Os.MACOS}
"""Stands for a machine that is no mapping at all, so that nothing is said about how many there are."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A machine as the file has it, and where."""

    path: Path
    host: Mapping[str, object]


def inventories(raw: Mapping[str, object]) -> Iterator[Finding]:
    """Machines that could not be a cluster, or that could not be told apart."""
    for index, site in sites(raw):
        path: Path = ("sites", index)
        hosts = [*_hosts(path, site)]
        yield from _needs(path, site, hosts)
        yield from _image(path, site, hosts)
        yield from _servers(path, hosts)
        yield from _storage(path, raw, hosts)
        yield from _pods(path, site, hosts)
        yield from _repeated(hosts)
        yield from _rows(path, site)
        yield from _addresses(path, site, hosts)
        yield from _carrier(path, site, hosts)
        for each in hosts:
            if each.host is not UNREADABLE:
                yield from machines(each.path, each.host)
    yield from _twins(raw)


def _hosts(path: Path, site: Mapping[str, object]) -> Iterator[Listed]:
    listed = site.get("hosts")
    for index, host in enumerate(listed if isinstance(listed, list | tuple) else ()):
        yield Listed(path=(*path, "hosts", index), host=host if isinstance(host, Mapping) else UNREADABLE)


def _needs(path: Path, site: Mapping[str, object], hosts: list[Listed]) -> Iterator[Finding]:
    for key, what in NEEDED.items():
        if hosts and site.get(key) in (None, [], ()):
            yield Finding((*path, key), None, f"is missing; the site has machines: {what}")


def _image(path: Path, site: Mapping[str, object], hosts: list[Listed]) -> Iterator[Finding]:
    """Vfkit reads raw disks, which nobody publishes."""
    macs = any(each.host.get("os") == Os.MACOS for each in hosts)
    if macs and site.get("driver") == Driver.VFKIT and site.get("image") is None:
        message = (
            "is missing; vfkit reads raw disks only: convert a cloud image once (qemu-img convert -O raw), "
            "and write its url and sha256 below it"
        )
        yield Finding((*path, "image"), None, message)


def _servers(path: Path, hosts: list[Listed]) -> Iterator[Finding]:
    roles = [each.host.get("role") for each in hosts]
    count = roles.count(Role.SERVER)
    if hosts and not count and all(role == Role.WORKER for role in roles):
        yield Finding((*path, "hosts"), None, "hold no server; make one of them role: server")
    elif count and count % 2 == 0:
        message = f"hold {count} servers, and an even number survives no more than one less; write 1 or 3"
        yield Finding((*path, "hosts"), None, message)


def _storage(path: Path, raw: Mapping[str, object], hosts: list[Listed]) -> Iterator[Finding]:
    environment = raw.get("environment")
    if not hosts or environment not in {*Environment}:
        return
    replicas = CARE[Environment(str(environment))].volume_replicas
    keepers = sum(1 for each in hosts if _keeps(each.host))
    if keepers <= replicas:
        message = (
            f"hold {keepers} disks for volumes, and {replicas} replicas need {replicas + 1}: when one fails, "
            "its replicas must find another place; give more of them storage_gib"
        )
        yield Finding((*path, "hosts"), None, message)


def _keeps(host: Mapping[str, object]) -> bool:
    """Whether the machine has a disk for volumes, as far as it says."""
    if host.get("os") == Os.MACOS:
        return number(host.get("node"), "storage_gib") != 0
    return number(host, "storage_gib") not in (None, 0)


def _pods(path: Path, site: Mapping[str, object], hosts: list[Listed]) -> Iterator[Finding]:
    pods = read(IPv4Network, site.get("pods"))
    most = 2 ** max(NODE_PODS - pods.prefixlen, 0) if pods else None
    if most is not None and len(hosts) > most:
        message = f"has room for {most} nodes of a /{NODE_PODS} each, and there are {len(hosts)}; widen it"
        yield Finding((*path, "pods"), str(pods), message)


def _repeated(hosts: list[Listed]) -> Iterator[Finding]:
    """Names, hardware addresses and SSH keys that two machines share."""
    first: dict[tuple[str, str], Path] = {}
    for each in hosts:
        for key, what in IDENTITY:
            value = reach(each.host, *key)
            if not isinstance(value, str):
                continue
            at: Path = (*each.path, *key)
            taken = first.setdefault((what, value), at)
            if taken != at:
                shown = value if what != "SSH key" else f"{value[:24]}..."
                yield Finding(at, shown, f"is taken by {dotted(taken)}; every machine has its own {what}")


def _twins(raw: Mapping[str, object]) -> Iterator[Finding]:
    """Machines of two sites whose names come to the same: a resource is called by site and machine."""
    first: dict[str, tuple[object, Path]] = {}
    for index, site in sites(raw):
        for each in _hosts(("sites", index), site):
            name = f"{site.get('name')}-{each.host.get('name')}"
            of, taken = first.setdefault(name, (site.get("name"), each.path))
            if of != site.get("name"):
                message = f"makes {name} with its site's name, as {dotted(taken)} does; choose another"
                yield Finding((*each.path, "name"), str(each.host.get("name")), message)


def _rows(path: Path, site: Mapping[str, object]) -> Iterator[Finding]:
    lan = read(IPv4Network, site.get("lan"))
    rows = {key: span_of(site.get(key)) for key in ("dhcp", "load_balancers")}
    for key, row in rows.items():
        if lan and row and not _within(row, lan):
            message = f"does not lie in the site's lan ({lan}); write a row of its addresses"
            yield Finding((*path, key), str(row), message)
    given, pool = rows["dhcp"], rows["load_balancers"]
    if given and pool and given.first <= pool.last and pool.first <= given.last:
        message = f"meets dhcp ({given}), which gives those addresses to others; choose another row"
        yield Finding((*path, "load_balancers"), str(pool), message)


def _within(row: Span, lan: IPv4Network) -> bool:
    """Whether every address of the row can be a machine's."""
    return lan.network_address < row.first and row.last < lan.broadcast_address


def _addresses(path: Path, site: Mapping[str, object], hosts: list[Listed]) -> Iterator[Finding]:
    router = read(IPv4Address, site.get("router"))
    first: dict[IPv4Address, Path] = {router: (*path, "router")} if router else {}
    if router:
        yield from _placed((*path, "router"), router, site)
    for each in hosts:
        for key in (("address",), ("node", "address")):
            address = read(IPv4Address, reach(each.host, *key))
            if address is None:
                continue
            at: Path = (*each.path, *key)
            taken = first.setdefault(address, at)
            if taken != at:
                message = f"is taken by {dotted(taken)}; every machine has its own"
                yield Finding(at, str(address), message)
            yield from _placed(at, address, site)


def _placed(at: Path, address: IPv4Address, site: Mapping[str, object]) -> Iterator[Finding]:
    """Whether an address is the machine's alone."""
    lan = read(IPv4Network, site.get("lan"))
    if lan and (address not in lan or address in (lan.network_address, lan.broadcast_address)):
        yield Finding(at, str(address), f"is no machine's in the site's lan ({lan}); write one that is")
    for name in ("dhcp", "load_balancers"):
        row = span_of(site.get(name))
        if row and address in row:
            message = f"lies in {name} ({row}), where others get theirs; choose one outside"
            yield Finding(at, str(address), message)


def _carrier(path: Path, site: Mapping[str, object], hosts: list[Listed]) -> Iterator[Finding]:
    address = read(IPv4Address, reach(site, "gateway", "address"))
    kind = reach(site, "gateway", "kind")
    if not hosts or address is None:
        return
    own = {
        read(IPv4Address, reach(each.host, "node", "address") or each.host.get("address")) for each in hosts
    }
    if kind == Carrier.NODE and address not in own:
        listed = ", ".join(str(each) for each in sorted(filter(None, own)))
        message = f"is the address of no node; write one of {listed}"
        yield Finding((*path, "gateway", "address"), str(address), message)
    if kind == Carrier.ROUTER and address in own:
        message = "is the address of a node; write kind: node, or the router's own address"
        yield Finding((*path, "gateway", "address"), str(address), message)
