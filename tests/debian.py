"""Programs of Debian's that tests run: installed where they can be, and missed aloud in CI."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

LOCK: Final = Path(tempfile.gettempdir()) / "prontuario-tests-apt.lock"
"""Test workers install one after the other: apt does not wait for itself."""


def lacking(packages: Mapping[str, str]) -> list[str]:
    """The programs of ``packages`` that are still missing after whatever can be installed is installed."""
    if _missing(packages) and os.geteuid() == 0 and shutil.which("apt-get"):
        with LOCK.open("w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if missing := _missing(packages):  # another worker may have been quicker
                _install({packages[each] for each in missing})
    return _missing(packages)


def program(name: str, package: str) -> str:
    """Where a program is. Without it the test is skipped, and says so; in CI it fails."""
    if lacking({name: package}):
        unavailable(f"{name} is not installed, and cannot be here")
    return str(shutil.which(name))


def unavailable(why: str) -> None:
    """Skip a test for what this machine lacks; in CI, where nothing may be skipped, fail."""
    assert os.environ.get("CI") != "true", f"in CI this test runs: {why}"
    pytest.skip(why)


def _missing(packages: Mapping[str, str]) -> list[str]:
    return [name for name in packages if not shutil.which(name) and not _file(name)]


def _file(name: str) -> bool:
    """Whether it is a path, of a library say, and there."""
    return name.startswith("/") and Path(name).is_file()


def _install(packages: set[str]) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (("update",), ("install", "--yes", "--no-install-recommends", *sorted(packages))):
        subprocess.run(["apt-get", "-qq", *command], env=quiet, capture_output=True, timeout=300, check=False)
