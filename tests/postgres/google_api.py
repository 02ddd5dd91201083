"""What the stand-in for Google answers: the token exchange, and Cloud Storage as Barman uses it."""

import json
import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qs, quote, unquote, urlsplit

from tests.postgres.crc32c import crc32c
from tests.postgres.serving import Answer

ACCESS: Final = "short-lived-access"
OBJECT: Final = re.compile(r"(?:/download)?/storage/v1/b/([^/]+)/o(?:/(.+))?")
RANGE: Final = re.compile(r"bytes=(\d+)-(\d*)")


class Api(Answer):
    """One request over TLS."""

    def do_GET(self) -> None:  # noqa: D102, N802 -- the library's name
        self._allowed(self._get)

    def do_POST(self) -> None:  # noqa: D102, N802 -- the library's name
        if self.headers["Host"].startswith("sts."):
            self._exchange()
        else:
            self._allowed(self._upload)

    def do_PUT(self) -> None:  # noqa: D102, N802 -- the library's name
        self._allowed(self._append)

    def _allowed(self, answer: Callable[[], None]) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.body = body
        if self.headers.get("Authorization") != f"Bearer {ACCESS}":
            self._json({"error": {"message": "Anonymous caller"}}, HTTPStatus.UNAUTHORIZED)
            return
        answer()

    def _exchange(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        asked = (form["audience"], form["subject_token"], form["subject_token_type"])
        if asked != ([self.google.audience], [self.google.subject], ["urn:ietf:params:oauth:token-type:jwt"]):
            self._json({"error": "invalid_grant"}, HTTPStatus.BAD_REQUEST)
            return
        granted = {"access_token": ACCESS, "expires_in": 3600, "token_type": "Bearer"}
        self._json({**granted, "issued_token_type": "urn:ietf:params:oauth:token-type:access_token"})

    def _get(self) -> None:
        url = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(url.query).items()}
        if url.path == f"/storage/v1/b/{self.google.bucket}":
            self._json({"kind": "storage#bucket", "name": self.google.bucket})
            return
        found = OBJECT.fullmatch(url.path)
        name = unquote(found[2] or "") if found and found[1] == self.google.bucket else None
        if name == "":
            self._json(self.google.listed(query.get("prefix", ""), query.get("delimiter", "")))
        elif name is None or name not in self.google.objects:
            self._json({"error": {"message": f"no such object: {name}"}}, HTTPStatus.NOT_FOUND)
        elif query.get("alt") == "media":
            self._content(name)
        else:
            self._json(self.google.described(name))

    def _content(self, name: str) -> None:
        content = self.google.objects[name]
        asked = RANGE.fullmatch(self.headers.get("Range", ""))
        if not asked:
            self._send(HTTPStatus.OK, content, {"X-Goog-Hash": f"crc32c={self.google.checksums[name]}"})
            return
        first, last = int(asked[1]), int(asked[2] or len(content))
        if first >= len(content):
            self._send(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, b"", {})
            return
        piece = content[first : last + 1]
        span = f"bytes {first}-{first + len(piece) - 1}/{len(content)}"
        self._send(HTTPStatus.PARTIAL_CONTENT, piece, {"Content-Range": span})

    def _upload(self) -> None:
        """Barman never says how large a file is, so its client always asks for a session."""
        session = str(len(self.google.uploads))
        self.google.uploads[session] = bytearray()
        name = quote(json.loads(self.body)["name"], safe="")
        where = f"https://storage.googleapis.com/upload/session/{session}?name={name}"
        self._send(HTTPStatus.OK, b"{}", {"Location": where})

    def _append(self) -> None:
        url = urlsplit(self.path)
        held = self.google.uploads[url.path.rpartition("/")[2]]
        held.extend(self.body)
        if self.headers["Content-Range"].endswith("/*"):
            kept = {"Range": f"bytes=0-{len(held) - 1}"} if held else {}
            self._send(HTTPStatus.PERMANENT_REDIRECT, b"", kept)
            return
        name = parse_qs(url.query)["name"][0]
        self.google.objects[name] = bytes(held)
        self.google.checksums[name] = crc32c(held)
        self._json(self.google.described(name))

    def _json(self, value: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK) -> None:
        self._send(status, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def _send(self, status: HTTPStatus, content: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
