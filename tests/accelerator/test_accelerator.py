"""What runs on the Mac of the models, without its GPU: Metal and mlx are stubs here, the rest is real."""

import http.client
import json
import logging
import subprocess
import sys
import threading
import time
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from accelerator import guard, probe, quiet, ready, serve, speech, state, text
from components.onprem.inference import daemons, layout
from tests.components.onprem.inference.world import MODELS
from tests.debian import program

ROOT = Path(__file__).parents[2]


def settings(folder: Path, **ports: int) -> dict[str, Any]:
    told = json.loads(daemons.serving(MODELS)[layout.SETTINGS].content)
    told |= {"run": str(folder), "logs": str(folder), "certificate": str(folder / "server.crt")}
    for name, port in ports.items():
        told["models"][name]["port"] = port
    return told


def no_device() -> int:
    return 0


def no_framework() -> int:
    raise OSError("no such framework")


def refused() -> float:
    raise RuntimeError("[metal::Device] no device")


@pytest.mark.parametrize(
    ("devices", "multiply", "works", "why"),
    [
        (lambda: 1, lambda: 64.0**3, True, "1 GPU, and it counts right"),
        (no_device, lambda: 64.0**3, False, "Metal shows this daemon no GPU"),
        (no_framework, lambda: 64.0**3, False, "Metal does not answer: OSError: no such framework"),
        (lambda: 1, refused, False, "Metal does not answer: RuntimeError: [metal::Device] no device"),
        (lambda: 1, lambda: 0.0, False, "the GPU counts wrong: 0.0 instead of 262144"),
    ],
)
def test_the_probe_believes_a_gpu_that_counts(devices: Any, multiply: Any, *, works: bool, why: str) -> None:
    assert probe.probe(devices, multiply) == probe.Finding(works=works, why=why)


def test_here_where_no_metal_is_the_real_probe_says_so() -> None:
    assert not probe.probe().works


def test_without_metal_no_server_starts_and_the_word_is_red(tmp_path: Path) -> None:
    started: list[str] = []
    servers = {"text": lambda *_: started.append("text")}
    told = settings(tmp_path)
    red = probe.Finding(works=False, why="Metal shows this daemon no GPU")
    assert serve.serve(told, "medgemma", lambda: red, servers) == serve.NO_METAL
    assert started == []
    assert ready.look(told, time.time(), lambda _: True)["medgemma"]["ready"] is False
    assert "Metal shows this daemon no GPU" in (tmp_path / "model.medgemma.log").read_text()


@pytest.mark.parametrize(
    ("said", "answers", "metal", "usable"),
    [
        ({"at": 100, "metal": True, "used": 5}, True, True, True),
        ({"at": 100, "metal": True, "used": 5}, False, True, False),
        ({"at": 100, "metal": False}, True, False, False),
        ({"at": 100 - state.FRESH - 1, "metal": True}, True, False, False),
        ({"at": 101, "metal": True}, True, False, False),
        ({"metal": True}, True, False, False),
        (["odd"], True, False, False),
    ],
)
def test_a_model_is_ready_when_probe_and_server_are_fine_just_now(
    tmp_path: Path, said: Any, *, answers: bool, metal: bool, usable: bool
) -> None:
    state.write(tmp_path / "medgemma.json", said)
    seen = ready.look(settings(tmp_path), 100, lambda _: answers)
    assert (seen["medgemma"]["metal"], seen["medgemma"]["ready"]) == (metal, usable)
    assert seen["whisper"]["ready"] is False  # it never said anything


def test_readiness_is_told_by_status_and_numbers(tmp_path: Path) -> None:
    server = speech.server(0, lambda *_: "", print)
    whisper = _serve(server)
    told = settings(tmp_path, medgemma=whisper, whisper=whisper) | {"ready_port": 0}
    port = _serve(ready.server(told))
    assert _get(port, "/ready")[0] == 503
    for name in MODELS:
        state.write(tmp_path / f"{name}.json", {"at": time.time(), "metal": True, "used": 7})
    status, body = _get(port, "/ready")
    assert (status, json.loads(body)["whisper"]) == (200, {"metal": True, "ready": True})
    numbers = _get(port, "/metrics")[1]
    assert "inference_ready 1\n" in numbers
    assert 'inference_memory_bytes{model="medgemma"} 7\n' in numbers
    assert f'inference_memory_limit_bytes{{model="medgemma"}} {6 * 1024**3}\n' in numbers
    assert _get(port, "/other")[0] == 404
    server.shutdown()
    server.server_close()
    assert _get(port, "/ready")[0] == 503


def test_the_end_of_the_certificate_is_read_from_the_file_that_the_proxy_shows(tmp_path: Path) -> None:
    certificate = tmp_path / "server.crt"
    assert ready.expiry(certificate) == 0
    subprocess.run(
        [
            *(program("openssl", "openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30"),
            *("-subj", "/CN=inference", "-keyout", tmp_path / "k", "-out", certificate),
        ],
        capture_output=True,
        check=True,
    )
    assert abs(ready.expiry(certificate) - time.time() - 30 * 86400) < 120


def test_a_process_that_uses_too_much_leaves(tmp_path: Path) -> None:
    used, beats, left = iter([10, 20, 31]), [], []
    guard.watch(lambda: next(used), 30, beats.append, left.append, pause=lambda _: None)
    assert (beats, left) == ([10, 20, 31], [guard.TOO_MUCH])
    assert not [*tmp_path.iterdir()]


def test_a_silenced_process_prints_no_prompt_and_still_tells_what_stopped_it(tmp_path: Path) -> None:
    file = tmp_path / "log"
    code = f"""
import logging, sys, threading
from pathlib import Path
from accelerator import quiet
logging.basicConfig(filename={str(file)!r})
say = quiet.diary(Path({str(file)!r}))
quiet.silence(say)
logging.getLogger("anything").critical("joana has fever")
print("joana has fever", flush=True)
print("joana has fever", file=sys.stderr, flush=True)
thread = threading.Thread(target=lambda: int("joana has fever"))
thread.start()
thread.join()
raise ValueError("joana has fever")
"""
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, "", "")
    said = file.read_text()
    assert "joana" not in said
    assert "a thread was stopped by ValueError at <string>:" in said
    assert "stopped by ValueError at <string>:14" in said


def test_a_recording_is_transcribed_out_of_a_form(tmp_path: Path) -> None:
    heard: list[tuple[bytes, str | None]] = []

    def transcribe(recording: bytes, language: str | None) -> str:
        heard.append((recording, language))
        return "olá" if language == "pt" else str(int("joana has fever"))

    said: list[str] = []
    port = _serve(speech.server(0, transcribe, said.append))
    sound = bytes(range(256)) * 4
    body = b"".join(
        [
            b'--x\r\nContent-Disposition: form-data; name="language"\r\n\r\npt\r\n',
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n',
            b"Content-Type: audio/wav\r\n\r\n" + sound + b"\r\n--x--\r\n",
        ]
    )
    kind = "multipart/form-data; boundary=x"
    assert _post(port, "/v1/audio/transcriptions", body, kind) == (200, {"text": "olá"})
    assert heard == [(sound, "pt")]
    assert _post(port, "/v1/audio/transcriptions", body.replace(b"pt", b"xx"), kind)[0] == 422
    assert "ValueError" in said[0]
    assert "joana" not in said[0]
    assert _post(port, "/v1/audio/transcriptions", b"--x--\r\n", kind)[0] == 400
    assert _post(port, "/v1/models", body, kind)[0] == 404
    assert not [*tmp_path.iterdir()]


def test_the_text_server_is_bound_to_the_loopback_address_and_logs_nothing() -> None:
    told = text.arguments(json.loads(daemons.serving(MODELS)[layout.SETTINGS].content)["models"]["medgemma"])
    given = dict(zip(told[::2], told[1::2], strict=True))
    assert given["--host"] == "127.0.0.1"
    assert given["--log-level"] == "CRITICAL"
    assert given["--prompt-cache-bytes"] == str(2 * 1024**3)


def test_an_errors_own_words_are_never_told() -> None:
    with pytest.raises(ValueError, match="joana") as raised:
        int("joana has fever")
    assert quiet.fault(raised.value).startswith("ValueError at test_accelerator.py:")
    assert logging.root.manager.disable < logging.CRITICAL  # this process was not silenced


def _serve(server: ThreadingHTTPServer) -> int:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def _get(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def _post(port: int, path: str, body: bytes, kind: str) -> tuple[int, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", path, body, {"Content-Type": kind})
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())
