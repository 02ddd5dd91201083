"""Google's APIs, asked in the name of the machine's own account."""

import base64
import json
import threading
from collections.abc import Mapping
from queue import Full, Queue
from typing import Any
from urllib.request import Request, urlopen

METADATA = "http://metadata.google.internal/computeMetadata/v1/instance/"
PATIENCE = 10
"""Seconds."""


def token() -> str:
    """An access token of the machine's account; it lives for minutes and is not kept."""
    request = Request(METADATA + "service-accounts/default/token", headers={"Metadata-Flavor": "Google"})
    with urlopen(request, timeout=PATIENCE) as answer:
        return json.load(answer)["access_token"]


def secret(name: str) -> str:
    """The newest version of a secret, ``projects/<project>/secrets/<name>``."""
    url = f"https://secretmanager.googleapis.com/v1/{name}/versions/latest:access"
    return base64.b64decode(_ask(url)["payload"]["data"]).decode()


class Log:
    """Entries for Cloud Logging, written aside: whoever tells something never waits."""

    def __init__(self, project: str, name: str, labels: Mapping[str, str]) -> None:
        self._common = {
            "logName": f"projects/{project}/logs/{name}",
            "resource": {"type": "global", "labels": {"project_id": project}},
            "labels": labels,
        }
        self._waiting: Queue[Mapping[str, object]] = Queue(maxsize=100)
        threading.Thread(target=self._write, daemon=True).start()

    def __call__(self, entry: Mapping[str, object]) -> None:
        """Take an entry; with a hundred waiting, the journal alone has it."""
        try:
            self._waiting.put_nowait(entry)
        except Full:
            return

    def _write(self) -> None:
        while True:
            body = {**self._common, "entries": [{"severity": "WARNING", "jsonPayload": self._waiting.get()}]}
            try:
                _ask("https://logging.googleapis.com/v2/entries:write", body)
            except OSError as error:
                print(f"Cloud Logging took no entry: {error}", flush=True)  # noqa: T201 -- for the journal


def _ask(url: str, body: Mapping[str, object] | None = None) -> Any:
    headers = {"Authorization": f"Bearer {token()}", "Content-Type": "application/json"}
    data = json.dumps(body).encode() if body else None
    with urlopen(Request(url, data=data, headers=headers), timeout=PATIENCE) as answer:
        return json.load(answer)
