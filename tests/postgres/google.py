"""Stand-in for Google: the token exchange and Cloud Storage, under their own names and over TLS.

Clients reach it through a proxy on loopback, so that their configuration is the real one to the letter. The
proxy writes down every host that is asked for, and connects to no other.
"""

import socket
import ssl
import threading
from http import HTTPStatus
from typing import Final

from tests.postgres.authority import Paper
from tests.postgres.bucket import Google
from tests.postgres.google_api import Api
from tests.postgres.serving import Answer, Serving

HOSTS: Final = ("sts.googleapis.com", "storage.googleapis.com")


class Proxy(Answer):
    """One connection that a client wants."""

    def do_CONNECT(self) -> None:  # noqa: D102, N802 -- the library's name
        host = self.path.partition(":")[0]
        self.google.asked.add(host)
        if self.google.down or host not in HOSTS:
            self.send_error(HTTPStatus.BAD_GATEWAY)
            return
        with socket.create_connection(("127.0.0.1", self.serving.behind)) as inner:
            self.send_response(HTTPStatus.OK)
            self.end_headers()
            back = threading.Thread(target=_pump, args=(inner, self.connection), daemon=True)
            back.start()
            _pump(self.connection, inner)
            back.join(5)
        self.close_connection = True


class Stand:
    """Google and the way to it, until closed."""

    def __init__(self, google: Google, paper: Paper) -> None:
        self.google = google
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(paper.certificate, paper.key)
        self._server = Serving(google, Api)
        self._server.socket = context.wrap_socket(
            self._server.socket,
            server_side=True,
            do_handshake_on_connect=False,  # or a client that is stopped halfway stops all others
        )
        self._proxy = Serving(google, Proxy, behind=self._server.server_port)
        for each in (self._server, self._proxy):
            threading.Thread(target=each.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def proxy(self) -> str:
        """For ``HTTPS_PROXY``."""
        return f"http://127.0.0.1:{self._proxy.server_port}"

    def close(self) -> None:
        """Answer no more."""
        for each in (self._proxy, self._server):
            each.shutdown()
            each.server_close()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        return
