"""Tells whether every model can be used, and the numbers behind that."""

import json
import ssl
import subprocess
import time
import urllib.request
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from accelerator import state

Model = Mapping[str, Any]


def answers(port: int) -> bool:
    """Whether a model's server says that it is well."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
            return answer.status == 200  # noqa: PLR2004 -- HTTP's number for well
    except OSError:
        return False


def look(
    settings: Mapping[str, Any], now: float, answers: Callable[[int], bool] = answers
) -> dict[str, dict[str, Any]]:
    """Of each model: whether its process saw Metal just now, and whether its server answers."""
    seen = {}
    for name, model in settings["models"].items():
        said = state.read(Path(settings["run"]) / f"{name}.json", now)
        metal = said.get("metal") is True
        seen[name] = {
            "metal": metal,
            "ready": metal and answers(model["port"]),
            "used": said.get("used", 0),
            "limit": model["limit_bytes"],
        }
    return seen


def expiry(certificate: Path) -> float:
    """Seconds since 1970 until which the proxy's certificate counts; 0 when there is none."""
    ran = subprocess.run(  # noqa: S603 -- macOS' own command, written here
        ["/usr/bin/openssl", "x509", "-noout", "-enddate", "-in", certificate],
        capture_output=True,
        text=True,
        check=False,
    )
    _, _, end = ran.stdout.strip().partition("notAfter=")
    return ssl.cert_time_to_seconds(end) if end else 0.0


def metrics(seen: Mapping[str, Mapping[str, Any]], expires: float) -> str:
    """As Prometheus reads them."""
    numbers = {
        "metal": lambda each: int(each["metal"]),
        "model_ready": lambda each: int(each["ready"]),
        "memory_bytes": lambda each: each["used"],
        "memory_limit_bytes": lambda each: each["limit"],
    }
    lines = [
        f'inference_{number}{{model="{name}"}} {of(each)}'
        for number, of in numbers.items()
        for name, each in seen.items()
    ]
    everything = int(all(each["ready"] for each in seen.values()))
    return "\n".join(
        [
            f"inference_ready {everything}",
            f"inference_certificate_expiry_timestamp_seconds {expires:.0f}",
            *lines,
            "",
        ]
    )


def server(settings: Mapping[str, Any]) -> ThreadingHTTPServer:
    """``/ready`` for whoever asks whether to ask, ``/metrics`` for Prometheus."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen = look(settings, time.time())
            if self.path == "/ready":
                status = 200 if all(each["ready"] for each in seen.values()) else 503
                each = {name: {"metal": one["metal"], "ready": one["ready"]} for name, one in seen.items()}
                return self._answer(status, "application/json", json.dumps(each))
            if self.path == "/metrics":
                told = metrics(seen, expiry(Path(settings["certificate"])))
                return self._answer(200, "text/plain; version=0.0.4", told)
            return self._answer(404, "text/plain", "")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name above
            """Nothing."""

        def _answer(self, status: int, kind: str, said: str) -> None:
            body = said.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return ThreadingHTTPServer(("127.0.0.1", int(settings["ready_port"])), Handler)


def serve(settings: Mapping[str, Any]) -> int:
    """Until the process ends."""
    server(settings).serve_forever()
    return 0
