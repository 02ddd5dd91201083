"""What a machine is told of its tunnels: keys, peers, addresses. It is secret, and written by nobody here.

The same form at both ends. An interface is one generation of keys (at a site: with one gateway), so that an
old and a new one stand side by side::

    {"ranges":  {"<peer>": ["<range behind the peer>", ...]},
     "sources": {"<peer>": "<public address>"},
     "interfaces": [{"name": "link1", "generation": 1, "port": 51821, "private": "<key>",
                     "peers": {"<peer>": {"public": "<key>", "preshared": "<key>", "own": "<tunnel address>",
                                          "endpoint": "<address>:<port>"}}}]}

The peer's end of a tunnel is the other address of the /31 that ``own`` lies in.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

KEEPALIVE = 25
"""Seconds; as WireGuard's manual advises behind address translation."""


@dataclass(frozen=True, kw_only=True)
class Peer:
    """The other end of one tunnel."""

    name: str
    public: str
    preshared: str
    own: str
    """This end's address in the tunnel."""
    endpoint: str | None
    ranges: Sequence[str]
    """What lies behind it, and nothing else may come from it."""

    @property
    def far(self) -> str:
        """The peer's address in the tunnel."""
        return str(IPv4Address(int(IPv4Address(self.own)) ^ 1))


@dataclass(frozen=True, kw_only=True)
class Interface:
    """One WireGuard interface."""

    name: str
    generation: int
    port: int | None
    private: str
    peers: Sequence[Peer]

    def written(self) -> str:
        """As ``wg syncconf`` reads it."""
        port = [f"ListenPort = {self.port}"] if self.port else []
        lines = ["[Interface]", f"PrivateKey = {self.private}", *port]
        for peer in self.peers:
            lines += ["[Peer]", f"PublicKey = {peer.public}", f"PresharedKey = {peer.preshared}"]
            lines += [f"AllowedIPs = {', '.join([f'{peer.far}/32', *peer.ranges])}"]
            if peer.endpoint:
                lines += [f"Endpoint = {peer.endpoint}", f"PersistentKeepalive = {KEEPALIVE}"]
        return "\n".join(lines) + "\n"


@dataclass(frozen=True, kw_only=True)
class Document:
    """Everything a machine is told."""

    ranges: Mapping[str, Sequence[str]]
    sources: Mapping[str, str]
    interfaces: Sequence[Interface]
    """The newest generation first, then in the order of preference."""


def parse(text: str) -> Document:
    """The document; ``ValueError`` or ``KeyError`` for a text that is none, without its content."""
    try:
        raw = json.loads(text)
    except ValueError:
        raise ValueError("the document is no JSON") from None
    interfaces = [_interface(each, raw["ranges"]) for each in raw["interfaces"]]
    return Document(
        ranges=raw["ranges"],
        sources=raw["sources"],
        interfaces=sorted(interfaces, key=lambda each: (-each.generation, each.name)),
    )


def _interface(raw: Mapping[str, Any], ranges: Mapping[str, Sequence[str]]) -> Interface:
    peers = [
        Peer(
            name=name,
            public=peer["public"],
            preshared=peer["preshared"],
            own=peer["own"],
            endpoint=peer.get("endpoint"),
            ranges=ranges[name],
        )
        for name, peer in raw["peers"].items()
    ]
    return Interface(
        name=raw["name"],
        generation=raw["generation"],
        port=raw.get("port"),
        private=raw["private"],
        peers=peers,
    )


def newer(file: Path, known: str) -> str | None:
    """The text of a document's file; ``None`` when it is the known one, or nobody has put it there yet."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError:
        return None
    return None if text == known else text
