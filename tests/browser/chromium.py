"""Chromium without a window, asked and told things in its own protocol (Chrome DevTools Protocol).

It talks over two pipes: no port is opened, and no library is needed. It can resolve no name, so that whatever
a page tries to load from outside fails.
"""

import base64
import json
import os
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tests.browser.machine import chromium

FLAGS: Final = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-sandbox",  # it runs as root in CI, on our own pages only
    "--no-first-run",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
READ, WRITE = 3, 4
"""The descriptors on which chromium listens and speaks."""


class BrowserError(Exception):
    """The browser refused, or a script in the page failed."""


class Browser:
    """One page, shown at one size after the other."""

    def __init__(self, into: int, out: int) -> None:
        self._into = os.fdopen(into, "wb")
        self._out = os.fdopen(out, "rb")
        self._number = 0
        self._pending = b""
        self._session = ""
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """What the browser answers to one request."""
        self._number += 1
        request = {"id": self._number, "method": method, "params": params}
        if self._session:
            request["sessionId"] = self._session
        self._into.write(json.dumps(request).encode() + b"\0")
        self._into.flush()
        while True:
            message = self._message()
            if message.get("id") == self._number:
                if "error" in message:
                    raise BrowserError(f"{method}: {message['error']['message']}")
                return message["result"]
            self.events.append(message)

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._pending:
            read = self._out.read1(1 << 20)
            if not read:
                raise BrowserError("chromium ended")
            self._pending += read
        text, _, self._pending = self._pending.partition(b"\0")
        return json.loads(text)

    def size(self, width: int, height: int, scale: float = 0) -> None:
        """As large as a screen of this kind; a narrow one is a phone's. ``scale``: pixels for each unit."""
        phone = width < 600
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale or (2 if phone else 1),
            mobile=phone,
        )

    def open(self, file: Path, fragment: str = "") -> None:
        """Show a file, and wait until it and its fonts are there."""
        self.events.clear()
        self.call("Page.navigate", url=file.resolve().as_uri() + fragment)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._message())
        self.run("document.fonts.ready.then(() => true)")

    def run(self, script: str) -> Any:
        """The value of a script in the page; it may be a promise."""
        answer = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True, userGesture=True
        )
        if "exceptionDetails" in answer:
            raise BrowserError(str(answer["exceptionDetails"].get("exception", {}).get("description")))
        return answer["result"].get("value")

    def picture(self, file: Path, *, whole: bool = False) -> None:
        """A screenshot, of the window or of the whole page."""
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(shot["data"]))

    def paper(self, file: Path) -> None:
        """The page printed as PDF, in the size that it asks for."""
        pdf = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        file.write_bytes(base64.b64decode(pdf["data"]))


@contextmanager
def browser() -> Generator[Browser]:
    """A browser that ends with the body."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        # The shell puts the pipes where chromium looks for them: Python cannot number descriptors.
        start = f'exec "$@" {READ}<&{theirs_in} {WRITE}>&{theirs_out}'
        command = [
            "bash",
            "-c",
            start,
            "bash",
            chromium(),
            *FLAGS,
            f"--user-data-dir={profile}",
            "about:blank",
        ]
        process = subprocess.Popen(
            command, pass_fds=(theirs_in, theirs_out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(theirs_in)
        os.close(theirs_out)
        try:
            yield Browser(ours_out, ours_in)
        finally:
            process.terminate()
            process.wait(timeout=10)
