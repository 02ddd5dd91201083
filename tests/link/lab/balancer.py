"""Stand-in for the internal load balancer that is the next hop to the sites.

It asks each gateway as the recorded health check says, from Google's addresses and over the gateway's own
interface, and sends to the first that is healthy; while none is, to the first. What Google needs besides to
spread a decision over a region is not in it.
"""

import http.client
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from tests.link.lab.fabric import GATEWAYS, PROBER, Fabric
from tests.link.lab.rendered import Rendered

_BIND_TO_DEVICE: Final = socket.SO_BINDTODEVICE


@dataclass(frozen=True, kw_only=True)
class Check:
    """How it asks."""

    address: str
    """The balancer's own: every gateway answers there."""
    port: int
    path: str
    interval: float
    timeout: float
    healthy: int
    """Good answers in a row after which a gateway counts as healthy."""
    unhealthy: int
    """Likewise, bad ones."""

    @classmethod
    def recorded(cls, recorded: Rendered, address: str) -> Self:
        """As the program asks for it."""
        (check,) = recorded.of("RegionHealthCheck").values()
        (service,) = recorded.of("RegionBackendService").values()
        assert [bool(each.get("failover")) for each in service["backends"]] == [False, True]
        assert not service["failoverPolicy"]["dropTrafficIfUnhealthy"]
        return cls(
            address=address,
            port=int(check["httpHealthCheck"]["port"]),
            path=check["httpHealthCheck"]["requestPath"],
            interval=check["checkIntervalSec"],
            timeout=check["timeoutSec"],
            healthy=check["healthyThreshold"],
            unhealthy=check["unhealthyThreshold"],
        )


class Balancer:
    """Watches, and sends."""

    def __init__(self, fabric: Fabric, check: Check, order: Sequence[str] = GATEWAYS) -> None:
        self._fabric, self._check, self._order = fabric, check, order
        self.healthy: dict[str, bool] = dict.fromkeys(order, False)
        self.used = order[0]
        self._lock = threading.Lock()
        self._over = threading.Event()
        fabric.send_sites_to(self.used)
        self._threads = [threading.Thread(target=self._watch, args=(each,), daemon=True) for each in order]
        for each in self._threads:
            each.start()

    def close(self) -> None:
        """Watch no more."""
        self._over.set()
        for each in self._threads:
            each.join(10)

    def again(self) -> None:
        """Set the routes once more: those to a machine that was gone went with it."""
        with self._lock:
            self._fabric.send_sites_to(self.used)

    def _watch(self, gateway: str) -> None:
        row = 0
        while not self._over.is_set():
            began = time.monotonic()
            good = self._asked(gateway)
            if not good:  # Google waits the whole time for an answer
                self._over.wait(began + self._check.timeout - time.monotonic())
            row = 0 if good == self.healthy[gateway] else row + 1
            if row >= (self._check.healthy if good else self._check.unhealthy):
                row = 0
                self._decide(gateway, healthy=good)
            self._over.wait(began + self._check.interval - time.monotonic())

    def _decide(self, gateway: str, *, healthy: bool) -> None:
        with self._lock:
            self.healthy[gateway] = healthy
            best = next((each for each in self._order if self.healthy[each]), self._order[0])
            if best != self.used:
                self.used = best
                self._fabric.send_sites_to(best)

    def _asked(self, gateway: str) -> bool:
        try:
            line = self._fabric.core.inside(lambda: self._connected(gateway))
        except OSError:
            return False
        asked = http.client.HTTPConnection(self._check.address)
        asked.sock = line
        try:
            asked.request("GET", self._check.path)
            return asked.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asked.close()

    def _connected(self, gateway: str) -> socket.socket:
        line = socket.socket()
        try:
            line.settimeout(self._check.timeout)
            line.setsockopt(socket.SOL_SOCKET, _BIND_TO_DEVICE, gateway.encode())
            line.bind((PROBER, 0))
            line.connect((self._check.address, self._check.port))
        except OSError:
            line.close()
            raise
        return line
