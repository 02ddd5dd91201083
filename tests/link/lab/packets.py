"""Packets written by hand, with any address in them, and somebody who watches for them."""

import contextlib
import itertools
import socket
import struct
from dataclasses import dataclass, field
from ipaddress import IPv4Address
from typing import Final

from tests.link.lab.machine import Machine

_ALL: Final = 0x0003  # ETH_P_ALL
_OUTGOING: Final = 4  # PACKET_OUTGOING
_numbers = itertools.count(1)


@dataclass(frozen=True, kw_only=True)
class Packet:
    """One packet, known again by its token."""

    source: IPv4Address
    target: IPv4Address
    protocol: str
    """``tcp`` (an opening one), ``udp`` or ``icmp`` (an echo request)."""
    port: int = 0
    from_port: int = 40000
    token: bytes = field(default_factory=lambda: b"<%09d>" % next(_numbers))

    def written(self) -> bytes:
        """As it goes over the line; the kernel adds length and checksum of the outer header."""
        number = {"tcp": socket.IPPROTO_TCP, "udp": socket.IPPROTO_UDP, "icmp": socket.IPPROTO_ICMP}[
            self.protocol
        ]
        ends = self.source.packed + self.target.packed
        return struct.pack("!BBHHHBBH", 0x45, 0, 0, 0, 0, 64, number, 0) + ends + self._inner(number, ends)

    def _inner(self, number: int, ends: bytes) -> bytes:
        ports = (self.from_port, self.port)
        if self.protocol == "icmp":
            head, tail, pseudo = struct.pack("!BB", 8, 0), struct.pack("!HH", 7, 7) + self.token, b""
        else:
            length = 20 if self.protocol == "tcp" else 8
            pseudo = ends + struct.pack("!BBH", 0, number, length + len(self.token))
            if self.protocol == "tcp":
                head = struct.pack("!HHIIBBH", *ports, 1, 0, 0x50, 0x02, 65535)
                tail = struct.pack("!H", 0) + self.token
            else:
                head, tail = struct.pack("!HHH", *ports, 8 + len(self.token)), self.token
        return head + struct.pack("!H", checksum(pseudo + head + b"\0\0" + tail)) + tail


def checksum(data: bytes) -> int:
    """The internet's."""
    padded = data + b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(padded) // 2}H", padded))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def send(machine: Machine, packet: Packet, device: str = "") -> None:
    """Send it out of that machine, by that interface if one is named; it may have nowhere to go."""
    with machine.inside(lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)) as line:
        if device:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, device.encode())
        with contextlib.suppress(OSError):
            line.sendto(packet.written(), (str(packet.target), 0))


class Watch:
    """Sees everything that enters a machine, whatever the machine itself makes of it."""

    def __init__(self, machine: Machine) -> None:
        self._line = machine.inside(
            lambda: socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_ALL))
        )
        self._line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**22)
        self._line.settimeout(0)

    def seen(self) -> list[bytes]:
        """The packets that have come in since the last look."""
        packets = []
        while True:
            try:
                packet, place = self._line.recvfrom(65536)
            except BlockingIOError:
                return packets
            if place[2] != _OUTGOING:
                packets.append(packet)

    def close(self) -> None:
        """Look no more."""
        self._line.close()
