"""Much data at once: by one connection, and by datagrams that are too large for the way."""

import errno
import socket
import threading
import time
from typing import Final

from tests.link.lab.echo import MAY_BE_CUT, MTU_DISCOVER, bound
from tests.link.lab.machine import Machine

_NEVER_CUT: Final = 2  # IP_PMTUDISC_DO
_MTU: Final = 14  # IP_MTU


def transfer(source: Machine, target: Machine, place: tuple[object, int], size: int, seconds: float) -> float:
    """Send ``size`` bytes by TCP; how many arrived each second. Stalled for ``seconds``, it has failed."""
    address = (str(place[0]), place[1])
    server = target.inside(lambda: socket.create_server(address))
    client = source.inside(socket.socket)
    with server, client:
        server.settimeout(seconds)
        client.settimeout(seconds)
        client.connect(address)
        taker, _ = server.accept()
        taker.settimeout(seconds)
        sender = threading.Thread(target=_pour, args=(client, size), daemon=True)
        began = time.monotonic()
        sender.start()
        with taker:
            arrived = 0
            while arrived < size:
                arrived += len(taker.recv(2**20)) or size * 2  # an early end is none
        sender.join(seconds)
    assert arrived == size
    return size / (time.monotonic() - began)


def whole(machine: Machine, source: object, target: tuple[object, int], size: int) -> bool:
    """Whether a datagram of that many bytes, which may be cut on its way, comes back complete."""
    with machine.inside(lambda: bound(socket.SOCK_DGRAM, (str(source), 0))) as line:
        line.setsockopt(socket.IPPROTO_IP, MTU_DISCOVER, MAY_BE_CUT)
        line.settimeout(3)
        text = b"x" * size
        line.sendto(text, (str(target[0]), target[1]))
        try:
            return line.recv(2**16).endswith(b" " + text)
        except TimeoutError:
            return False


def learnt(machine: Machine, source: object, target: tuple[object, int], size: int) -> int | None:
    """The largest packet for the way, learnt by sending one that is too large and may not be cut."""
    with machine.inside(lambda: bound(socket.SOCK_DGRAM, (str(source), 0))) as line:
        line.setsockopt(socket.IPPROTO_IP, MTU_DISCOVER, _NEVER_CUT)
        line.connect((str(target[0]), target[1]))
        for _ in range(50):
            try:
                line.send(b"x" * size)
            except OSError as error:
                if error.errno == errno.EMSGSIZE:
                    return line.getsockopt(socket.IPPROTO_IP, _MTU)
            time.sleep(0.05)
        return None


def _pour(line: socket.socket, size: int) -> None:
    piece = b"x" * 2**16
    try:
        while size > 0:
            size -= line.send(piece[:size])
    except OSError:
        return
