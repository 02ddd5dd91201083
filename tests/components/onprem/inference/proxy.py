"""The real Caddy on the loopback address with the proxy's configuration, before stubs of the servers."""

import http.client
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path

from components.onprem.inference import layout, scripts
from components.onprem.inference.front import front
from components.onprem.inference.models import Kind, Model
from tests.caddy import caddy
from tests.components.onprem.inference.authority import Authority
from tests.components.onprem.inference.mac import FakeMac
from tests.components.onprem.inference.world import MEDGEMMA

NAMES = ("inference.inference.svc", "inference")
ALLOWED = ["inference-client.inference", "inference-client.clinical"]
CHAT = "/medgemma/v1/chat/completions"
LOOPBACK = IPv4Address("127.0.0.1")


@dataclass
class Stub:
    """A server of a model, that remembers what it was asked."""

    port: int
    asked: list[tuple[str, bytes]] = field(default_factory=list)
    wait: threading.Event = field(default_factory=threading.Event)

    def start(self) -> ThreadingHTTPServer:
        """Answers from now on."""
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                stub.asked.append((self.path, body))
                if b"wait" in body:
                    stub.wait.wait(20)
                self.do_GET()

            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name above
                """Nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server


@dataclass
class World:
    """The proxy, its stub, and who calls."""

    port: int
    stub: Stub
    mac: FakeMac
    authority: Authority
    folder: Path

    def context(self, certificate: tuple[str, str] | None) -> ssl.SSLContext:
        """A client's, that trusts the hospital."""
        context = ssl.create_default_context(cadata=self.authority.pem)
        if certificate:
            context.load_cert_chain(*certificate)
        return context

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        name: str = ALLOWED[0],
        authority: Authority | None = None,
    ) -> tuple[int, bytes]:
        """Status and body, for a client of that name."""
        certificate = (authority or self.authority).client(self.folder, [name])
        connection = self.connection(self.context(certificate))
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.read()

    def connection(self, context: ssl.SSLContext) -> http.client.HTTPSConnection:
        """To the loopback address under the name that pods use, so that the certificate's name is checked."""
        connection = http.client.HTTPSConnection(NAMES[0], self.port, context=context, timeout=30)
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        connection.sock = context.wrap_socket(plain, server_hostname=NAMES[0])
        return connection

    def logs(self) -> str:
        """All that the proxy wrote or printed."""
        return "".join(each.read_text() for each in self.mac.path("/var/log").rglob("*.log"))


def free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def proxy(mac: FakeMac, folder: Path) -> Generator[World, None, None]:
    """As long as it is needed: set up by the scripts' own key and request; certificates go into a folder."""
    program = caddy()
    authority, stub, port = Authority("hospital"), Stub(port=free()), free()
    for each in (layout.ETC, layout.FRONT_LOGS):
        mac.path(each).mkdir(parents=True)
    models = {
        "medgemma": MEDGEMMA,
        "silent": Model(kind=Kind.TEXT, source="/x.tar", sha256="c" * 64, weights_gib=1, context_gib=1),
    }
    request = mac.run(scripts.key(LOOPBACK, NAMES)).stdout
    mac.path(layout.CERTIFICATE).write_text(authority.sign(request))
    mac.path(layout.AUTHORITY).write_text(authority.pem)
    config = mac.here(front(LOOPBACK, port, models, ALLOWED))
    for place, there in ((0, stub.port), (1, free())):  # nobody listens for the second model
        config = config.replace(f"127.0.0.1:{layout.model_port(place)}", f"127.0.0.1:{there}")
    config = config.replace(f"127.0.0.1:{layout.READY_PORT}", f"127.0.0.1:{stub.port}")
    mac.path(layout.FRONT).write_text(config)
    server = stub.start()
    printed = (mac.path(layout.FRONT_LOGS) / "front.start.log").open("w")
    process = subprocess.Popen(
        [program, "run", "--config", mac.path(layout.FRONT)],
        env={"HOME": "/var/empty", "XDG_DATA_HOME": "/var/empty"},
        stdout=printed,
        stderr=printed,
    )
    found = World(port=port, stub=stub, mac=mac, authority=authority, folder=folder)
    try:
        _wait(process, port, found)
        yield found
    finally:
        process.terminate()
        process.wait(20)
        server.shutdown()


def _wait(process: subprocess.Popen[bytes], port: int, found: World) -> None:
    for _ in range(100):
        with socket.socket() as there:
            if there.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, found.logs()
        time.sleep(0.1)
    raise AssertionError(found.logs())
