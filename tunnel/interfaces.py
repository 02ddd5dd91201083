"""The kernel's interfaces, made to be as a document says. What is as it should be is not touched."""

import json
from collections.abc import Collection, Sequence

from tunnel.commands import run, tried
from tunnel.document import Interface

PREFIX = "link"
"""What the names of all our interfaces begin with; the rules of the firewall know them by it."""


def existing() -> set[str]:
    """The names of our interfaces."""
    found = json.loads(run("ip", "-json", "link", "show"))
    return {each["ifname"] for each in found if each["ifname"].startswith(PREFIX)}


def raise_(interface: Interface, mtu: int) -> None:
    """An interface with these keys and peers; a session that goes on is not interrupted."""
    if interface.name not in existing():
        _make(interface.name)
    run("wg", "syncconf", interface.name, "/dev/stdin", given=interface.written())
    run("ip", "link", "set", interface.name, "mtu", str(mtu), "up")
    _address(interface.name, {f"{peer.own}/31" for peer in interface.peers})


def remove_others(kept: Collection[str]) -> None:
    """Take down what no document names any more."""
    for name in existing() - {*kept}:
        run("ip", "link", "delete", name)


def route(routes: Sequence[str]) -> None:
    """Set routes, each written as after ``ip route replace``, in one go."""
    if routes:
        run("ip", "-batch", "-", given="".join(f"route replace {each}\n" for each in routes))


def _make(name: str) -> None:
    """In the kernel, or by a program where the kernel has no WireGuard."""
    if not tried("ip", "link", "add", name, "type", "wireguard"):
        run("wireguard-go", name)


def _address(name: str, wanted: set[str]) -> None:
    (found,) = json.loads(run("ip", "-json", "-4", "addr", "show", "dev", name)) or [{}]
    there = {f"{each['local']}/{each['prefixlen']}" for each in found.get("addr_info", ())}
    lines = [f"addr add {each} dev {name}\n" for each in sorted(wanted - there)]
    lines += [f"addr delete {each} dev {name}\n" for each in sorted(there - wanted)]
    if lines:
        run("ip", "-batch", "-", given="".join(lines))
