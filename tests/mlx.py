"""The servers that the Mac runs, here: mlx on the processor, in an environment of its own."""

import fcntl
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from components.onprem.inference.pins import ENVIRONMENT, REQUIREMENTS
from tests.debian import unavailable

KEPT: Final = Path.home() / ".cache" / "prontuario" / "mlx" / ENVIRONMENT
"""The same versions that the Mac runs; some 400 MB."""

WANTED: Final = ("mlx", "mlx-lm", "mlx-audio")


def python() -> str:
    """The environment's Python. Where it cannot be made the test is skipped, and says so; in CI it fails."""
    complete = KEPT / ".complete"
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # test workers make it once
        if not complete.exists() and _made():
            complete.touch()
    if not complete.exists():
        unavailable("mlx for the processor cannot be installed here: it takes a recent Linux and an index")
    return str(KEPT / "env" / "bin" / "python")


def _made() -> bool:
    pins = dict(re.findall(r"^([\w-]+)==([\w.]+)", REQUIREMENTS, flags=re.MULTILINE))
    extras = {"mlx": "[cpu]", "mlx-audio": "[stt]"}
    packages = [f"{name}{extras.get(name, '')}=={pins[name]}" for name in WANTED]
    commands = (
        [sys.executable, "-m", "venv", "--clear", KEPT / "env"],
        [KEPT / "env/bin/python", "-m", "pip", "install", "--quiet", "--only-binary", ":all:", *packages],
    )
    return all(
        subprocess.run(command, capture_output=True, timeout=900, check=False).returncode == 0
        for command in commands
    )
