"""A real WireGuard peer that nobody listed, with keys of its own and the gateway's public one: no secret."""

import contextlib
from collections.abc import Generator

from tests.link.lab.laboratory import Laboratory
from tests.link.lab.plan import OUTSIDE
from tests.link.lab.server import Server

NAME = "rogue0"


@contextlib.contextmanager
def rogue(lab: Laboratory, server: Server, gateway: str) -> Generator[None]:
    """Knocks at a gateway as often as WireGuard does, until the end, and never gets in."""
    interface, _, port = lab.gateway(gateway).run("wg", "show", "all", "listen-port").partition("\t")
    public = lab.gateway(gateway).run("wg", "show", interface, "public-key").strip()
    server.run("sh", "-c", f"ip link add {NAME} type wireguard 2>/dev/null || wireguard-go {NAME}")
    settings = f"[Interface]\nPrivateKey = {server.run('wg', 'genkey')}\n[Peer]\nPublicKey = {public}\n"
    settings += (
        f"Endpoint = {OUTSIDE[gateway]}:{port.strip()}\nAllowedIPs = 0.0.0.0/0\nPersistentKeepalive = 1\n"
    )
    try:
        server.run("wg", "setconf", NAME, "/dev/stdin", text=settings)
        server.run("ip", "link", "set", NAME, "up")
        yield
        assert server.run("wg", "show", NAME, "latest-handshakes").split()[-1] == "0"
    finally:
        server.run("ip", "link", "delete", NAME)
