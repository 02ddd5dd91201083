"""A real Vault, built from its source as Go's module proxy has it: ``make vault``, once, and kept.

It is 1.21.1: of Vault 2 the module proxy has nothing, for its module's path lacks the ``/v2`` that Go wants.
What the tests ask of it (configuration, TLS, policies, audit, the login of pods, snapshots) is documented
alike for both.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

VERSION: Final = "1.21.1"
KEPT: Final = Path.home() / ".cache" / "prontuario" / "vault" / VERSION
MODULE: Final = "github.com/hashicorp/vault"
PATIENCE: Final = 3600
"""Seconds; two busy cores take twenty minutes the first time."""


def vault() -> Path:
    """Where the program is. Where nobody built it the test is skipped, and says so.

    In CI too: a machine that begins with nothing would build it for longer than all other tests take.
    """
    if not (KEPT / "vault").exists():
        pytest.skip("Vault is not built here: make vault builds it, in a quarter of an hour or more")
    return KEPT / "vault"


def build() -> None:
    """Build it, unless it is there."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (KEPT / "vault").exists():
            _build(shutil.which("go") or "/usr/local/go/bin/go")


def _build(go: str) -> None:
    told = _run([go, "mod", "download", "-json", f"{MODULE}@v{VERSION}"], KEPT)
    source = KEPT / "source"
    shutil.rmtree(source, ignore_errors=True)
    shutil.copytree(json.loads(told)["Dir"], source, copy_function=shutil.copyfile)
    for folder in (source, *filter(Path.is_dir, source.rglob("*"))):
        folder.chmod(0o755)  # as the cache has them, nobody could tidy up
    module = source / "go.mod"
    # Its own parts are replaced by folders that only a clone has; the proxy has the same parts as modules.
    lines = module.read_text(encoding="utf-8").splitlines(keepends=True)
    module.unlink()
    module.write_text("".join(each for each in lines if not each.startswith(f"replace {MODULE}/")), "utf-8")
    _run([go, "build", "-trimpath", "-ldflags", "-s -w", "-o", str(KEPT / "vault"), "."], source)
    shutil.rmtree(source)


def _run(command: list[str], where: Path) -> str:
    quiet = {**os.environ, "CGO_ENABLED": "0", "GOFLAGS": "-mod=mod"}
    return subprocess.run(
        command, cwd=where, env=quiet, stdout=subprocess.PIPE, text=True, timeout=PATIENCE, check=True
    ).stdout


if __name__ == "__main__":
    build()
    sys.stdout.write(f"{KEPT / 'vault'}\n")
