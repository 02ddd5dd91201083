"""Tunnels as the machine at one of their ends shows them."""

from tests.link.lab.plan import address
from tests.link.lab.server import Server


def agreed(server: Server) -> set[str]:
    """The tunnels on which keys have been agreed on, each with its peer's key."""
    shown = server.run("wg", "show", "all", "latest-handshakes", check=False).splitlines()
    return {f"{interface} {key}" for interface, key, at in map(str.split, shown) if at != "0"}


def known(server: Server) -> set[str]:
    """All of them, likewise."""
    shown = server.run("wg", "show", "all", "peers", check=False).splitlines()
    return {" ".join(line.split()) for line in shown}


def up(server: Server, least: int) -> bool:
    """Whether keys have been agreed on in all of them, and they are no fewer than that."""
    return len(known(server)) >= least and agreed(server) == known(server)


def used(carrier: Server) -> str:
    """The one by which a hospital sends."""
    return carrier.run("ip", "route", "get", str(address("pod-b"))).split(" dev ")[1].split()[0]


def take_away(server: Server) -> None:
    """All of them, with their sessions."""
    for interface in server.run("wg", "show", "interfaces").split():
        server.run("ip", "link", "delete", interface)
