"""Addresses, ranges, ports and cards."""

from ipaddress import IPv4Address, IPv4Network
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, BeforeValidator, StrictInt, WithJsonSchema

from settings.fields.refusal import matching, refused

PORTS = range(1024, 65535)
"""Those that no other service of a machine claims; the next one must be a port too."""


def _network(value: object) -> IPv4Network:
    if isinstance(value, IPv4Network):
        return value
    try:
        network = IPv4Network(str(value), strict=False)
    except ValueError:
        raise refused("is not an IPv4 range; write one like 10.0.0.0/16") from None
    if "/" not in str(value):
        raise refused(f"is one address, not a range; write its length, like {network.network_address}/24")
    if str(network) != str(value):
        raise refused(f"has host bits or an odd length; write {network}")
    return network


def _address(value: object) -> IPv4Address:
    try:
        return IPv4Address(str(value))
    except ValueError:
        raise refused("is not an IPv4 address; write one like 203.0.113.10") from None


class Span(NamedTuple):
    """Addresses in a row, both ends included."""

    first: IPv4Address
    last: IPv4Address

    def __contains__(self, address: object) -> bool:
        return isinstance(address, IPv4Address) and self.first <= address <= self.last

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


def span_of(value: object) -> Span | None:
    """A row of addresses, however written; ``None`` for what is none."""
    if isinstance(value, Span):
        return value
    first, _, last = str(value).partition("-")
    try:
        return Span(IPv4Address(first.strip()), IPv4Address(last.strip()))
    except ValueError:
        return None


def _span(value: object) -> Span:
    span = span_of(value)
    if span is None:
        raise refused("is not a row of addresses; write its first and last, like 10.20.1.1-10.20.1.30")
    if span.last < span.first:
        raise refused(f"ends before it begins; write {span.last}-{span.first}")
    return span


def _port(value: int) -> int:
    if value not in PORTS:
        raise refused(f"is no port for the tunnels; write {PORTS[0]} to {PORTS[-1]}")
    return value


def _ssh_port(value: int) -> int:
    if value not in range(1, 65536):
        raise refused("is no port; write 1 to 65535")
    return value


def _mac(value: str) -> str:
    first, *_ = value.split(":")
    if int(first, 16) & 1:
        raise refused("is a group's address, no machine's; its first byte must be even")
    return value


Network = Annotated[
    IPv4Network, BeforeValidator(_network), WithJsonSchema({"type": "string", "pattern": r"^[0-9.]+/[0-9]+$"})
]
Address = Annotated[
    IPv4Address, BeforeValidator(_address), WithJsonSchema({"type": "string", "format": "ipv4"})
]
Row = Annotated[
    Span,
    BeforeValidator(_span),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9.]+ ?- ?[0-9.]+$"}),
]
Port = Annotated[
    StrictInt,
    AfterValidator(_port),
    WithJsonSchema({"type": "integer", "minimum": PORTS[0], "maximum": PORTS[-1]}),
]
SshPort = Annotated[
    StrictInt,
    AfterValidator(_ssh_port),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 65535}),
]
MacAddress = Annotated[
    str,
    matching(
        "[0-9a-f]{2}(:[0-9a-f]{2}){5}",
        "is not a hardware address; write it like 52:55:55:aa:00:11, in lower case",
    ),
    AfterValidator(_mac),
]
Interface = Annotated[
    str, matching("[a-z][a-z0-9]{1,14}", "is not a network card; write it as ip link names it, like enp1s0")
]
Clock = Annotated[
    str,
    matching(
        r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]{1,63}",
        "is no server of time; write its name or its address, like a.st1.ntp.br",
    ),
]
