"""What goes wrong on the way, for a while."""

import contextlib
from collections.abc import Generator
from typing import Final

from tests.link.lab.laboratory import Laboratory
from tests.link.lab.machine import wait
from tests.link.lab.plan import EDGES, FIRST, OUTSIDE, SECOND, site
from tests.link.lab.tunnels import used


def recovered(lab: Laboratory) -> None:
    """Wait until the first gateway carries everybody's traffic again, both ways."""
    lab.joined()
    wait(lambda: lab.balancer.used == "gw-a", "the cloud sends by the first gateway")
    for home in lab.hospitals.values():
        wait(lambda home=home: used(home.carrier)[:-1] == "link-a", f"{home.name} sends by the first gateway")


@contextlib.contextmanager
def cut(lab: Laboratory, hospital: str, gateway: str = "") -> Generator[None]:
    """Nothing passes between that hospital and the gateways, or one of them."""
    place = f"{{ {', '.join([OUTSIDE[gateway]] if gateway else OUTSIDE.values())} }}"
    lab.internet.batch("nft", _silence(EDGES[hospital], place))
    try:
        yield
    finally:
        lab.internet.batch("nft", "delete table ip silence")


def resize_line(lab: Laboratory, mtu: int) -> None:
    """The first hospital's line to the internet takes packets of that size."""
    lab.internet.run("ip", "link", "set", FIRST, "mtu", str(mtu))
    lab.hospitals[FIRST].edge.run("ip", "link", "set", "wan", "mtu", str(mtu))


def resize_machines(lab: Laboratory, hospital: int, cloud: int) -> None:
    """Machines on both sides send packets of those sizes; what the tunnels end at stays as it is."""
    lab.hospitals[FIRST].resize(hospital)
    for name in ("pod-a", "pod-b"):
        lab.core.run("ip", "link", "set", name, "mtu", str(cloud))
        lab.cloud[name].run("ip", "link", "set", "ens4", "mtu", str(cloud))


@contextlib.contextmanager
def silent_about_sizes(lab: Laboratory, *places: str) -> Generator[None]:
    """Those machines never hear that something did not fit, and have forgotten what they heard before."""
    for place in places:
        lab.machine(place).batch("nft", _DEAF)
        lab.machine(place).run("ip", "route", "flush", "cache")
    try:
        yield
    finally:
        for place in places:
            lab.machine(place).batch("nft", "delete table ip deaf")


@contextlib.contextmanager
def lawless(lab: Laboratory, who: str) -> Generator[None]:
    """Somebody else owns the machine with the tunnels there: no rules, and it takes and sends all."""
    server = lab.gateway(who[-1]) if who in lab.cloud else lab.hospitals[who].carrier
    rules = server.run("nft", "list", "table", "inet", "tunnel")
    server.run("nft", "delete", "table", "inet", "tunnel")
    peers = [line.split() for line in server.run("wg", "show", "all", "allowed-ips").splitlines()]
    peers.sort(key=lambda peer: str(site(SECOND).lan) in peer)
    last = {interface: (key, ",".join(ranges)) for interface, key, *ranges in peers}
    for interface, (key, ranges) in last.items():
        server.run("wg", "set", interface, "peer", key, "allowed-ips", f"{ranges},0.0.0.0/0")
    try:
        yield
    finally:
        for interface, (key, ranges) in last.items():
            server.run("wg", "set", interface, "peer", key, "allowed-ips", ranges)
        server.run("nft", "-f", "-", text=rules)


@contextlib.contextmanager
def open_firewall(lab: Laboratory) -> Generator[None]:
    """Google's firewall lets everything through."""
    lab.fabric.guard(None)
    try:
        yield
    finally:
        lab.fabric.guard(lab.current)


_DEAF: Final = """\
table ip deaf {
  chain input {
    type filter hook input priority filter;
    icmp type destination-unreachable drop
  }
}
"""


def _silence(here: str, there: str) -> str:
    return f"""\
table ip silence {{
  chain forward {{
    type filter hook forward priority filter;
    ip saddr {here} ip daddr {there} drop
    ip saddr {there} ip daddr {here} drop
  }}
}}
"""
