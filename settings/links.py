"""What must hold between the VPN's settings, checked as far as each value can be read."""

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Address, IPv4Network
from typing import Final

from settings.choices import Backend, Carrier
from settings.finding import Finding, Path, reach, read, sites

MOST_SITES: Final = 140
"""What the secret of a gateway holds (64 KiB), with two generations of keys."""

TOGETHER: Final = 2
"""Generations of keys: the old one and the new one."""


def links(raw: Mapping[str, object]) -> Iterator[Finding]:
    """Generations that cannot stand side by side, and machines that could not carry a tunnel."""
    yield from _generations(raw)
    backend = reach(raw, "link", "backend") or Backend.WIREGUARD
    listed = [*sites(raw)]
    if backend == Backend.WIREGUARD and len(listed) > MOST_SITES:
        message = f"{len(listed)} of them are too many for one link by wireguard; write {MOST_SITES} at most"
        yield Finding(("sites",), None, message)
    for index, site in listed:
        yield from _site(("sites", index, "gateway"), site, backend)


def _site(path: Path, site: Mapping[str, object], backend: object) -> Iterator[Finding]:
    gateway = site.get("gateway")
    if backend == Backend.WIREGUARD and gateway is None:
        message = "is missing; name the machine that carries the tunnels, with kind and address below it"
        yield Finding(path, None, message)
    if backend == Backend.IPSEC and gateway is not None:
        message = "does not belong here; with ipsec the tunnels end at the hospital's firewall; remove it"
        yield Finding(path, None, message)
    if isinstance(gateway, Mapping):
        yield from _gateway(path, gateway, read(IPv4Network, site.get("lan")))


def _generations(raw: Mapping[str, object]) -> Iterator[Finding]:
    newest, retired = reach(raw, "link", "generation"), reach(raw, "link", "retired") or 0
    if type(newest) is not int or type(retired) is not int or newest < 1:
        return
    if retired >= newest:
        message = "leaves no keys that work; write a number below link.generation, or raise that first"
        yield Finding(("link", "retired"), retired, message)
    elif newest - retired > TOGETHER:
        message = (
            f"is one too many: only {TOGETHER} generations work side by side; once every site uses "
            f"{newest - 1}, write retired: {newest - TOGETHER}"
        )
        yield Finding(("link", "generation"), newest, message)


def _gateway(path: Path, gateway: Mapping[str, object], lan: IPv4Network | None) -> Iterator[Finding]:
    for key in ("address", "pods_via"):
        address = read(IPv4Address, gateway.get(key))
        if address and lan and address not in lan:
            yield Finding(
                (*path, key), str(address), f"does not lie in the site's lan ({lan}); write one that does"
            )
    kind, via = gateway.get("kind"), gateway.get("pods_via")
    if kind == Carrier.ROUTER and via is None:
        message = "is missing; a router does not know where pods are: write the address of a k3s node"
        yield Finding((*path, "pods_via"), None, message)
    if kind == Carrier.NODE and via is not None:
        yield Finding(
            (*path, "pods_via"), None, "does not belong here; a node knows where pods are; remove it"
        )
