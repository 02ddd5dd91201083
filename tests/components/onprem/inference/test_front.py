"""The proxy's configuration, run by the real Caddy on the loopback address, before stubs of the servers."""

import http.client
import json
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path

import pytest

from components.onprem.inference import layout, scripts
from components.onprem.inference.front import MODELS, front
from components.onprem.inference.models import QUEUE, Kind, Model
from tests.caddy import caddy
from tests.components.onprem.inference.authority import Authority
from tests.components.onprem.inference.mac import FakeMac
from tests.components.onprem.inference.world import MEDGEMMA

NAMES = ("inference.inference.svc", "inference")
ALLOWED = ["inference-client.inference", "inference-client.clinical"]
PROMPT = "patient-joana-has-fever"
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


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    program, mac = caddy(), FakeMac(tmp_path_factory.mktemp("mac"))
    authority, stub, port = Authority("hospital"), Stub(port=free()), free()
    for folder in (layout.ETC, layout.FRONT_LOGS):
        mac.path(folder).mkdir(parents=True)
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
    found = World(port=port, stub=stub, mac=mac, authority=authority, folder=tmp_path_factory.mktemp("c"))
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


def test_who_may_call_gets_an_answer_by_the_one_path(world: World) -> None:
    assert world.ask("POST", CHAT, PROMPT.encode()) == (200, b"ok")
    assert world.stub.asked[-1] == ("/v1/chat/completions", PROMPT.encode())
    assert world.ask("POST", CHAT, b"{}", name=ALLOWED[1])[0] == 200


def test_every_other_path_and_method_is_nothing(world: World) -> None:
    before = len(world.stub.asked)
    for method, path in (
        ("POST", "/v1/chat/completions"),
        ("POST", "/medgemma/v1/completions"),
        ("POST", "/medgemma/v1/models"),
        ("GET", CHAT),
        ("POST", f"{CHAT}/../../models"),
        ("GET", "/config/"),
    ):
        assert world.ask(method, path, b"{}" if method == "POST" else None)[0] == 404, path
    assert len(world.stub.asked) == before


def test_tls_1_2_is_refused(world: World) -> None:
    context = world.context(world.authority.client(world.folder, [ALLOWED[0]]))
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises(ssl.SSLError, match=r"(?i)protocol.version|alert"):
        world.connection(context)


def test_without_a_certificate_nothing_is_answered(world: World) -> None:
    with pytest.raises((ssl.SSLError, ConnectionError), match=r"(?i)certificate.required|reset|alert|EOF"):
        _answer(world.connection(world.context(None)))


def _answer(connection: http.client.HTTPSConnection) -> int:
    connection.request("POST", CHAT, b"{}")
    return connection.getresponse().status


def test_a_certificate_of_another_authority_is_refused(world: World) -> None:
    stranger = Authority("hospital")  # even of the same name
    with pytest.raises((ssl.SSLError, ConnectionError), match=r"(?i)unknown.ca|alert|reset|EOF"):
        world.ask("POST", CHAT, b"{}", authority=stranger)


def test_a_certificate_of_our_authority_for_something_else_is_refused(world: World) -> None:
    before = len(world.stub.asked)
    assert world.ask("POST", CHAT, b"{}", name="database.data")[0] == 403
    assert world.ask("GET", "/ready", name="database.data")[0] == 403
    assert len(world.stub.asked) == before


def test_a_body_too_large_is_refused_and_one_that_just_fits_is_not(world: World) -> None:
    largest = MEDGEMMA.request_kib * 1024
    assert world.ask("POST", CHAT, b"x" * largest)[0] == 200
    asked = len(world.stub.asked)
    assert world.ask("POST", CHAT, b"x" * (largest + 1))[0] == 413
    assert len(world.stub.asked) == asked


def test_a_body_that_does_not_say_how_long_it_is_is_refused(world: World) -> None:
    connection = world.connection(world.context(world.authority.client(world.folder, [ALLOWED[0]])))
    connection.request("POST", CHAT, iter([b"{", b"}"]), encode_chunked=True)
    assert connection.getresponse().status == 411


def test_more_requests_than_the_queue_holds_are_refused_at_once(world: World) -> None:
    statuses: list[int] = []

    def call() -> None:
        statuses.append(world.ask("POST", CHAT, b"wait")[0])

    world.stub.wait.clear()
    asked = len(world.stub.asked)
    waiting = [threading.Thread(target=call) for _ in range(QUEUE)]
    for each in waiting:
        each.start()
    until = time.monotonic() + 20
    while len(world.stub.asked) < asked + QUEUE and time.monotonic() < until:
        time.sleep(0.05)
    assert world.ask("POST", CHAT, b"{}")[0] == 503
    waits = f'caddy_http_requests_in_flight{{handler="{MODELS}",server="front"}} {QUEUE}'
    assert waits in world.ask("GET", "/metrics/front")[1].decode()
    world.stub.wait.set()
    for each in waiting:
        each.join(30)
    assert statuses == [200] * QUEUE
    assert world.ask("POST", CHAT, b"{}")[0] == 200


def test_readiness_and_both_kinds_of_numbers_are_read_with_a_certificate(world: World) -> None:
    assert world.ask("GET", "/ready") == (200, b"ok")
    assert world.ask("GET", "/metrics") == (200, b"ok")
    status, numbers = world.ask("GET", "/metrics/front")
    assert status == 200
    assert b"caddy_http_requests_in_flight" in numbers


def test_nobody_can_change_the_proxy_while_it_runs(world: World) -> None:
    with socket.socket() as admin:
        assert admin.connect_ex(("127.0.0.1", 2019)) != 0
    assert json.loads(world.mac.path(layout.FRONT).read_text())["admin"]["disabled"] is True


def test_no_log_holds_a_prompt_or_a_query_even_when_a_model_fails(world: World) -> None:
    assert world.ask("POST", f"{CHAT}?name={PROMPT}", PROMPT.encode())[0] == 200
    assert world.stub.asked[-1][0] == "/v1/chat/completions"
    assert world.ask("POST", f"/silent/v1/chat/completions?name={PROMPT}", PROMPT.encode())[0] == 502
    assert world.ask("POST", f"/{PROMPT}?{PROMPT}", b"x")[0] == 404
    logs = world.logs()
    assert "serving initial configuration" in logs
    assert PROMPT not in logs
    assert "chat/completions" not in logs
