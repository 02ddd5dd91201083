"""HTTP servers on loopback that know the stand-in's bucket, and say nothing."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

from tests.postgres.bucket import Google


class Serving(ThreadingHTTPServer):
    """On a port that is free."""

    daemon_threads = True

    def __init__(self, google: Google, answer: type[BaseHTTPRequestHandler], behind: int = 0) -> None:
        super().__init__(("127.0.0.1", 0), answer)
        self.google, self.behind = google, behind


class Answer(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    timeout = 60

    @property
    def serving(self) -> Serving:
        """Who was asked."""
        return cast("Serving", self.server)

    @property
    def google(self) -> Google:
        """What there is."""
        return self.serving.google

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
        """Nothing."""
