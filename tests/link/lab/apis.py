"""Stand-in for Google's APIs: metadata, Secret Manager and Cloud Logging, as far as a gateway asks them.

They answer over TLS with a certificate of an authority that the gateways are given, as they have Google's.
"""

import base64
import json
import socket
import ssl
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from tests.link.lab.authority import Authority
from tests.link.lab.machine import Machine
from tests.link.lab.server import Server

HOSTS: Final = ("secretmanager.googleapis.com", "logging.googleapis.com")


class Apis:
    """What the gateways can ask, and what they have told."""

    def __init__(self, machine: Machine, addresses: tuple[str, ...], metadata: str, folder: Path) -> None:
        self.secrets: dict[str, str] = {}
        """The newest version's text by the name of the secret, ``projects/<project>/secrets/<name>``."""
        self.entries: list[Mapping[str, Any]] = []
        """Everything that was written to Cloud Logging, each entry with what its request said of all."""
        self._authority = Authority(folder, HOSTS)
        self._address, self._metadata = addresses[0], metadata
        self._servers = [
            self._serve(machine, metadata, 80),
            self._serve(machine, addresses[0], 443),
        ]

    def introduce(self, server: Server) -> None:
        """Names and trust as a machine on Google has them; Cloud DNS answers for the names there."""
        names = "".join(f"{self._address} {each}\n" for each in HOSTS)
        server.put("/etc/hosts", f"127.0.0.1 localhost\n{self._metadata} metadata.google.internal\n{names}")
        server.put("/usr/lib/ssl/cert.pem", self._authority.certificate)

    def close(self) -> None:
        """Answer no more."""
        for each in self._servers:
            each.shutdown()
            each.server_close()

    def _serve(self, machine: Machine, address: str, port: int) -> ThreadingHTTPServer:
        server = ThreadingHTTPServer((address, port), _answers(self), bind_and_activate=False)
        server.socket.close()
        server.socket = machine.inside(lambda: socket.create_server((address, port)))
        if port == 443:
            server.socket = self._context().wrap_socket(server.socket, server_side=True)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return server

    def _context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._authority.chain)
        return context


def _answers(apis: Apis) -> type[BaseHTTPRequestHandler]:
    class Answer(BaseHTTPRequestHandler):
        """One question of a gateway's."""

        timeout = 10

        def do_GET(self) -> None:
            """A token, or a secret to whoever has one."""
            if self.path.endswith("/service-accounts/default/token"):
                known = self.headers["Metadata-Flavor"] == "Google"
                return self._say({"access_token": "token", "expires_in": 300} if known else None)
            name = self.path.removeprefix("/v1/").removesuffix("/versions/latest:access")
            text = apis.secrets.get(name) if self._allowed() else None
            data = base64.b64encode((text or "").encode()).decode()
            return self._say({"name": name, "payload": {"data": data}} if text else None)

        def do_POST(self) -> None:
            """Entries for the log."""
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/v2/entries:write" and self._allowed():
                common = {key: value for key, value in body.items() if key != "entries"}
                apis.entries += [{**common, **entry} for entry in body["entries"]]
                return self._say({})
            return self._say(None)

        def _allowed(self) -> bool:
            return self.headers["Authorization"] == "Bearer token"

        def _say(self, answer: Mapping[str, Any] | None) -> None:
            text = json.dumps(answer or {}).encode()
            self.send_response(404 if answer is None else 200)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library names it so
            """Say nothing."""

    return Answer
