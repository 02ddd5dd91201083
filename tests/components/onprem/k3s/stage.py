"""A machine for scripts: real ``sh`` and tools, folders of its own, a systemd that only notes.

Scripts run unchanged, in a mount namespace where those folders are others. Stubbed are systemctl, sysctl and
sleep, and k3s itself, which comes from an HTTP server of the test.
"""

import hashlib
import os
import shutil
import subprocess
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from tests.debian import unavailable

FOLDERS: Final = ("etc", "var/lib", "usr/local", "run")

SYSTEMCTL: Final = """\
#!/bin/sh
echo "systemctl $*" >>/run/calls
case "$*" in
  is-active*) [ -e /run/active ] ;;
  start*|restart*) [ ! -e /run/broken ] && : >/run/active ;;
esac
"""

CURL: Final = """\
#!/bin/sh
case "$*" in
  *10248/healthz*) [ ! -e /run/gone ] ;;
  *) exec /usr/bin/curl "$@" ;;
esac
"""
"""The kubelet of the machine answers, everything else is asked for real."""

NOTED: Final = """\
#!/bin/sh
echo "${0##*/} $*" >>/run/calls
"""


def k3s(version: str) -> bytes:
    """A program that says its version and that its node is well."""
    return f"""\
#!/bin/sh
case "$1" in
  --version) echo 'k3s version {version} (0123abcd)'; echo 'go version go1.26.5' ;;
  kubectl) [ ! -e /run/unwell ] && printf True ;;
esac
""".encode()


@dataclass(frozen=True, kw_only=True, slots=True)
class Ran:
    """What a script did."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One machine."""

    root: Path
    kind: str = "x86_64"
    """What ``uname -m`` says there."""
    stubs: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for folder in (*FOLDERS, "bin", "usr/local/bin"):
            (self.root / folder).mkdir(parents=True, exist_ok=True)
        (self.root / "etc/systemd/system").mkdir(parents=True)
        told = {
            "systemctl": SYSTEMCTL,
            "sysctl": NOTED,
            "sleep": NOTED,
            "curl": CURL,
            "uname": f"#!/bin/sh\necho {self.kind}\n",
            **self.stubs,
        }
        for name, text in told.items():
            self.program(f"bin/{name}", text.encode())

    def program(self, path: str, content: bytes) -> Path:
        """Something that can be run there."""
        file = self.root / path
        file.write_bytes(content)
        file.chmod(0o755)
        return file

    def run(self, script: str) -> Ran:
        """As SSH would: a shell that reads the script."""
        mounts = "\n".join(f"mount --bind '{self.root / folder}' /{folder}" for folder in FOLDERS)
        enter = f"set -e\n{mounts}\nexec sh -s"
        alone = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--map-root-user"]
        path = f"{self.root / 'bin'}:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        done = subprocess.run(
            [*alone, "sh", "-c", enter],
            input=script,
            env={"PATH": path, "LC_ALL": "C", "HOME": str(self.root / "home")},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if done.stderr.startswith(("unshare:", "mount:")):
            unavailable(f"scripts cannot have folders of their own here: {done.stderr.strip()}")
        return Ran(code=done.returncode, out=done.stdout, err=done.stderr)

    def calls(self) -> list[str]:
        """What the stubs were called for since this was last asked."""
        file = self.root / "run/calls"
        told = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return told

    def files(self) -> dict[str, tuple[int, int, str]]:
        """Every file there but the stubs' own: its mode, when it was written, what is in it."""
        return {
            str(path.relative_to(self.root)): (
                path.stat().st_mode & 0o777,
                path.stat().st_mtime_ns,
                hashlib.sha256(path.read_bytes()).hexdigest(),
            )
            for folder in ("etc", "var", "usr")
            for path in sorted((self.root / folder).rglob("*"))
            if path.is_file()
        }


@contextmanager
def published(files: Mapping[str, bytes], *, cut: bool = False) -> Generator[str]:
    """An address under which those files are, by their paths; ``cut``: half of each, and the line breaks."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = files.get(self.path)
            self.send_response(200 if content else 404)
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            self.wfile.write((content or b"")[: len(content or b"") // 2] if cut else content or b"")

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the library's name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def curl() -> None:
    """Skip without it."""
    if not shutil.which("curl"):
        unavailable("curl is not installed")
