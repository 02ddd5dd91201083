"""Somebody who answers, and says whom the question seemed to come from."""

import contextlib
import selectors
import socket
import threading
from collections.abc import Iterable
from typing import Final

from tests.link.lab.machine import Machine

MTU_DISCOVER: Final = 10  # IP_MTU_DISCOVER, which Python does not name
MAY_BE_CUT: Final = 0  # IP_PMTUDISC_DONT
_LARGEST: Final = 65536


class Echo:
    """Answers on every socket that it is given: ``<address of the asker> <what was asked>``."""

    def __init__(self) -> None:
        self._sockets = selectors.DefaultSelector()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._answer, daemon=True)
        self._thread.start()

    def listen(self, machine: Machine, address: object, ports: Iterable[int]) -> None:
        """Answer there, on TCP and UDP."""
        for port in ports:
            place = (str(address), port)
            self._take(machine.inside(lambda place=place: socket.create_server(place)), "accept")
            datagrams = machine.inside(lambda place=place: bound(socket.SOCK_DGRAM, place))
            datagrams.setsockopt(socket.IPPROTO_IP, MTU_DISCOVER, MAY_BE_CUT)
            self._take(datagrams, "datagram")

    def close(self) -> None:
        """Answer no more."""
        self._over.set()
        self._thread.join(10)
        for key in [*self._sockets.get_map().values()]:
            assert isinstance(key.fileobj, socket.socket)
            key.fileobj.close()
        self._sockets.close()

    def _take(self, line: socket.socket, what: str) -> None:
        line.settimeout(0)
        self._sockets.register(line, selectors.EVENT_READ, what)

    def _answer(self) -> None:
        while not self._over.is_set():
            for key, _ in self._sockets.select(0.1):
                assert isinstance(key.fileobj, socket.socket)
                with contextlib.suppress(BlockingIOError):
                    getattr(self, f"_{key.data}")(key.fileobj)

    def _accept(self, line: socket.socket) -> None:
        self._take(line.accept()[0], "stream")

    def _datagram(self, line: socket.socket) -> None:
        text, asker = line.recvfrom(_LARGEST)
        with contextlib.suppress(OSError):
            line.sendto(f"{asker[0]} ".encode() + text, asker)

    def _stream(self, line: socket.socket) -> None:
        try:
            text = line.recv(_LARGEST)
            if text:
                line.sendall(f"{line.getpeername()[0]} ".encode() + text)
                return
        except BlockingIOError:
            return
        except OSError:
            text = b""
        self._sockets.unregister(line)
        line.close()


def bound(kind: socket.SocketKind, place: tuple[str, int]) -> socket.socket:
    """A socket of one's own address."""
    line = socket.socket(socket.AF_INET, kind)
    try:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        line.bind(place)
    except OSError:
        line.close()
        raise
    return line


def asked(
    machine: Machine, source: object, target: tuple[object, int], kind: socket.SocketKind
) -> str | None:
    """Whom the other end took us for, asking from that address; ``None`` for no answer in a second."""
    with machine.inside(lambda: bound(kind, (str(source), 0))) as line:
        line.settimeout(1)
        try:
            line.connect((str(target[0]), target[1]))
            line.send(b"who?")
            return line.recv(100).split()[0].decode()
        except OSError:
            return None
