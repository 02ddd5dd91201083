"""What a gateway answers to those who ask how it is: load balancer, repair, and the other gateway."""

import json
import threading
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from urllib.request import urlopen

STUCK = 10
"""Seconds without a look at the tunnels, after which the program no longer counts as running."""


@dataclass
class Health:
    """How a gateway is, as its watch last saw it."""

    heard: Collection[str] = ()
    """The sites that it hears."""
    mate: Collection[str] = ()
    """The sites that the other gateway hears."""
    looked: float = field(default=float("-inf"))

    @property
    def alive(self) -> bool:
        """Whether the machine does its work; an outage of the hospital's is none of its own."""
        return time.monotonic() - self.looked <= STUCK

    @property
    def ready(self) -> bool:
        """Whether to send through it: it hears somebody, and nobody is heard by the other alone."""
        return self.alive and bool(self.heard) and {*self.mate} <= {*self.heard}


class Server(ThreadingHTTPServer):
    """A server that asks no name server who it is: none may answer when a gateway starts."""

    def server_bind(self) -> None:
        """Bind, and leave out what the library's own does besides."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "gateway", self.server_address[1]


def serve(health: Health, port: int) -> None:
    """Answer on every address, for ever: the load balancer asks on its own."""

    class Answer(BaseHTTPRequestHandler):
        """``/alive`` and ``/ready`` with 200 or 503, ``/heard`` with a list."""

        def do_GET(self) -> None:
            """Answer one question."""
            good = {"/alive": health.alive, "/ready": health.ready, "/heard": True}.get(self.path)
            body = json.dumps(sorted(health.heard)).encode() + b"\n"
            self.send_response(404 if good is None else 200 if good else 503)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
            """Nobody wants a line a second for each prober."""

    server = Server(("0.0.0.0", port), Answer)  # noqa: S104 -- the firewall says who may ask
    threading.Thread(target=server.serve_forever, daemon=True).start()


def ask_mate(health: Health, address: str, port: int) -> None:
    """Ask the other gateway twice a second whom it hears; one that does not answer hears nobody."""

    def ask() -> None:
        while True:
            try:
                with urlopen(f"http://{address}:{port}/heard", timeout=1) as answer:
                    health.mate = json.load(answer)
            except (OSError, ValueError):
                health.mate = ()
            time.sleep(0.5)

    threading.Thread(target=ask, daemon=True).start()
