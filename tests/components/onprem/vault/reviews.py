"""What of a Kubernetes API Vault asks for when a pod logs in: whether a token is good, and whose it is."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final

SECRET: Final = b"this stand-in's own key"


def token(namespace: str, account: str, audience: str = "vault") -> str:
    """A service account's token, as a projected volume holds it; only the stand-in believes it."""
    now = int(time.time())
    claims = {
        "aud": [audience],
        "iat": now,
        "nbf": now,
        "exp": now + 3600,
        "iss": "https://kubernetes.default.svc.cluster.local",
        "sub": f"system:serviceaccount:{namespace}:{account}",
        "kubernetes.io": {
            "namespace": namespace,
            "serviceaccount": {"name": account, "uid": _uid(namespace, account)},
        },
    }
    said = f"{_part({'alg': 'RS256', 'typ': 'JWT'})}.{_part(claims)}"
    return f"{said}.{_text(hmac.new(SECRET, said.encode(), hashlib.sha256).digest())}"


@contextmanager
def kubernetes() -> Generator[str]:
    """The stand-in's address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Reviews)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _Reviews(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = json.dumps({**asked, "status": _judge(asked["spec"])}).encode()
        self.send_response(201)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the base class calls it so
        """Say nothing."""


def _judge(spec: Any) -> dict[str, Any]:
    said, _, signature = spec["token"].rpartition(".")
    claims = json.loads(base64.urlsafe_b64decode(said.partition(".")[2] + "=="))
    good = signature == _text(hmac.new(SECRET, said.encode(), hashlib.sha256).digest())
    wanted = spec.get("audiences") or claims["aud"]
    heard = [each for each in wanted if each in claims["aud"]]
    if not good or not heard:
        return {"authenticated": False, "error": "token audiences do not match"}
    _, _, namespace, account = claims["sub"].split(":")
    user = {"username": claims["sub"], "uid": _uid(namespace, account), "groups": ["system:serviceaccounts"]}
    return {"authenticated": True, "user": user, "audiences": heard}


def _uid(namespace: str, account: str) -> str:
    return hashlib.sha256(f"{namespace}/{account}".encode()).hexdigest()[:32]


def _part(value: dict[str, Any]) -> str:
    return _text(json.dumps(value).encode())


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
