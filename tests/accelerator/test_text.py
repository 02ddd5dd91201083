"""The real text server at the Mac's own versions, on the processor: what it does with what clients send.

Metal's probe alone is a stub here; mlx, mlx-lm, the watch over memory and the silence are the real ones.
"""

import http.client
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from accelerator.guard import TOO_MUCH
from tests.mlx import python

ROOT = Path(__file__).parents[2]
PROGRAM = """
import json, sys
from accelerator import probe, serve
sys.exit(serve.serve(json.loads(sys.argv[1]), "tiny", lambda: probe.Finding(works=True, why="a stub")))
"""
CHAT = "/v1/chat/completions"
ASKED = {"max_tokens": 4, "messages": [{"role": "user", "content": "joana has fever"}]}
GIB = 1024**3


@dataclass(frozen=True, slots=True)
class Server:
    """The running server, and where it writes."""

    port: int
    folder: Path

    def ask(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Status and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("POST", path, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read()

    def wrote(self) -> str:
        """All that it printed, logged or left behind."""
        files = [each for each in self.folder.rglob("*") if each.is_file() and each.suffix != ".safetensors"]
        return "".join(each.read_text() for each in files if "tiny/" not in str(each))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "tiny"
    subprocess.run([python(), ROOT / "tests/accelerator/tiny.py", folder], check=True, timeout=120)
    return folder


@pytest.fixture(scope="module")
def server(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    found = Server(_free(), tmp_path_factory.mktemp("mac"))
    process = start(found, tiny, GIB)
    try:
        for _ in range(300):
            with socket.socket() as there:
                if there.connect_ex(("127.0.0.1", found.port)) == 0:
                    break
            assert process.poll() is None, found.wrote()
            time.sleep(0.2)
        yield found
    finally:
        process.kill()
        process.wait(20)


def start(server: Server, model: Path, limit: int) -> subprocess.Popen[bytes]:
    told: dict[str, Any] = {
        "kind": "text",
        "port": server.port,
        "path": str(model),
        "together": 2,
        "context_bytes": GIB,
        "limit_bytes": limit,
    }
    settings = {"run": str(server.folder), "logs": str(server.folder), "models": {"tiny": told}}
    printed = (server.folder / "printed").open("w")
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HF_HOME": str(server.folder / "hub"),
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
    }
    command = [python(), "-c", PROGRAM, json.dumps(settings)]
    return subprocess.Popen(command, env=environment, stdout=printed, stderr=printed)


def test_a_question_is_answered(server: Server) -> None:
    status, body = server.ask(CHAT, json.dumps(ASKED).encode())
    assert (status, json.loads(body)["usage"]["completion_tokens"]) == (200, 4)


def test_no_request_makes_it_read_another_model_adapter_or_draft(server: Server) -> None:
    asked = {**ASKED, "model": "/etc", "adapters": "/etc", "draft_model": "/etc"}
    assert server.ask(CHAT, json.dumps(asked).encode())[0] == 200


def test_what_it_cannot_read_is_refused_and_written_nowhere(server: Server) -> None:
    assert server.ask(CHAT, b"{joana has fever")[0] == 400
    assert server.ask(CHAT, b'["joana has fever"]')[0] == 400
    assert server.ask(f"{CHAT}?joana", b"{}")[0] == 404
    assert server.ask(CHAT, json.dumps({"messages": [{"joana": "fever"}]}).encode())[0] != 200
    wrote = server.wrote()
    assert "serving tiny on 127.0.0.1" in wrote
    assert "joana" not in wrote


def test_it_tells_how_much_memory_it_uses(server: Server) -> None:
    until, used = time.monotonic() + 30, 0
    while not used and time.monotonic() < until:
        time.sleep(0.2)
        used = json.loads((server.folder / "tiny.json").read_text())["used"]
    assert used > 0


def test_above_its_memory_it_leaves_and_says_so(tiny: Path, tmp_path: Path) -> None:
    small = Server(_free(), tmp_path)
    process = start(small, tiny, 1000)
    assert process.wait(60) == TOO_MUCH
    assert "more than 1000 bytes in use: starting anew" in small.wrote()


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
