"""Whether the other end of a tunnel answers: an echo request, sent and awaited on that interface alone."""

import os
import socket
import struct

REQUEST, REPLY = 8, 0


class Probe:
    """One tunnel's questions and answers."""

    def __init__(self, interface: str, own: str, far: str) -> None:
        self._far = far
        self._number = 0
        self._id = os.getpid() & 0xFFFF
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
        self._socket.settimeout(0)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, interface.encode())
        self._socket.bind((own, 0))

    def ask(self) -> None:
        """Send one question; a tunnel that cannot even send will not be heard."""
        self._number = (self._number + 1) & 0xFFFF
        try:
            self._socket.sendto(request(self._id, self._number), (self._far, 0))
        except OSError:
            return

    def answered(self) -> bool:
        """Whether an answer has come since the last look."""
        heard = False
        while True:
            try:
                packet, (sender, _) = self._socket.recvfrom(1024)
            except OSError:
                return heard
            heard = heard or (sender == self._far and answers(packet, self._id))

    def close(self) -> None:
        """Ask no more."""
        self._socket.close()


def request(identity: int, number: int) -> bytes:
    """An echo request as RFC 792 writes it."""
    head = struct.pack("!BBHHH", REQUEST, 0, 0, identity, number)
    return struct.pack("!BBHHH", REQUEST, 0, _checksum(head), identity, number)


def answers(packet: bytes, identity: int) -> bool:
    """Whether an IPv4 packet is an echo reply to one of ours."""
    inner = packet[(packet[0] & 0xF) * 4 :]
    return len(inner) >= 8 and inner[0] == REPLY and struct.unpack("!H", inner[4:6])[0] == identity  # noqa: PLR2004 -- the header's length


def _checksum(data: bytes) -> int:
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF
