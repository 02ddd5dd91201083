"""What the proxy lets in, and what it writes: asked of the real Caddy."""

import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator

import pytest

from components.onprem.inference import layout
from components.onprem.inference.front import MODELS
from components.onprem.inference.models import QUEUE
from tests.components.onprem.inference.authority import Authority
from tests.components.onprem.inference.mac import FakeMac
from tests.components.onprem.inference.proxy import ALLOWED, CHAT, World, proxy
from tests.components.onprem.inference.world import MEDGEMMA

PROMPT = "patient-joana-has-fever"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with proxy(FakeMac(tmp_path_factory.mktemp("mac")), tmp_path_factory.mktemp("clients")) as found:
        yield found


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
