"""The proxy of the models, built from its source as Go's module proxy has it: once, and kept."""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from components.onprem.inference.pins import CADDY
from tests.debian import unavailable

KEPT: Final = Path.home() / ".cache" / "prontuario" / "caddy" / f"v{CADDY.version}"
"""The same version that the Mac runs."""


def caddy() -> str:
    """Where the program is. Without Go the test is skipped, and says so; in CI it fails."""
    program = KEPT / "caddy"
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # test workers build it once
        if not program.exists():
            _build()
    if not program.exists():
        unavailable("caddy is not built, and cannot be here: it takes Go and its module proxy")
    return str(program)


def _build() -> None:
    go = shutil.which("go") or shutil.which("go", path="/usr/local/go/bin")
    if go:
        subprocess.run(
            [go, "install", f"github.com/caddyserver/caddy/v2/cmd/caddy@v{CADDY.version}"],
            env={**os.environ, "GOBIN": str(KEPT), "GOFLAGS": "-trimpath"},
            capture_output=True,
            timeout=900,
            check=False,
        )
