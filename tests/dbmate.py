"""The tool of the migrations, built from its source as Go's module proxy has it: once, and kept."""

import fcntl
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from tests.debian import unavailable

VERSION: Final = "2.28.0"
MODULE: Final = "github.com/amacneil/dbmate/v2"
KEPT: Final = Path.home() / ".cache" / "prontuario" / "dbmate" / VERSION


def dbmate() -> str:
    """Where the program is. Without Go the test is skipped, and says so; in CI it fails."""
    program = KEPT / "dbmate"
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # test workers build it once
        go = shutil.which("go") or shutil.which("go", path="/usr/local/go/bin")
        if not program.exists() and go:
            _build(go, program)
    if not program.exists():
        unavailable("dbmate is not built, and cannot be here: it takes Go and its module proxy")
    return str(program)


def _build(go: str, program: Path) -> None:
    """Within a module that wants what it wants: not every proxy lists versions, as ``go install`` asks.

    Without C it lacks SQLite, which nobody here has.
    """
    told = subprocess.run(
        [go, "mod", "download", "-json", f"{MODULE}@v{VERSION}"], capture_output=True, text=True, check=False
    )
    source = Path(json.loads(told.stdout or "{}").get("Dir", "/nowhere"))
    if not source.is_dir():
        return
    with tempfile.TemporaryDirectory() as place:
        own = (source / "go.mod").read_text(encoding="utf-8")
        wanted = own.replace(f"module {MODULE}", f"module tests\n\nrequire {MODULE} v{VERSION}")
        Path(place, "go.mod").write_text(wanted, encoding="utf-8")
        Path(place, "go.sum").write_bytes((source / "go.sum").read_bytes())
        Path(place, "main.go").write_text(
            f'package main\n\nimport _ "{MODULE}/pkg/dbmate"\n', encoding="utf-8"
        )
        subprocess.run(
            [go, "build", "-trimpath", "-ldflags", "-s -w", "-o", str(program), MODULE],
            cwd=place,
            env={**os.environ, "CGO_ENABLED": "0", "GOFLAGS": "-mod=mod"},
            capture_output=True,
            timeout=900,
            check=False,
        )
