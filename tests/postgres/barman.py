"""Barman Cloud, as the archiving plugin runs it: its commands, with the plugin's arguments."""

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.debian import lacking, unavailable

WANTED: Final = Path(__file__).with_name("barman.txt")
PYTHON: Final = "/usr/bin/python3"
"""Debian's: the server's user must be able to run it, and cannot enter other people's homes."""

MODULES: Final[Mapping[str, str]] = {
    "wal-archive": "cloud_walarchive",
    "wal-restore": "cloud_walrestore",
    "backup": "cloud_backup",
    "backup-list": "cloud_backup_list",
    "restore": "cloud_restore",
}
"""Where each command is implemented."""


@dataclass(frozen=True, slots=True)
class Barman:
    """The commands, against one folder of a bucket."""

    url: str
    """``gs://bucket/prefix``."""
    server: str
    environment: Mapping[str, str]

    def line(self, command: str, *arguments: str, options: tuple[str, ...] = ()) -> list[str]:
        """A command with the plugin's arguments."""
        program = f"from barman.clients.{MODULES[command]} import main; main()"
        where = ("--cloud-provider", "google-cloud-storage", *options, self.url, self.server)
        return [PYTHON, "-c", program, *where, *arguments]

    def known(self) -> Mapping[str, str]:
        """The environment of a command."""
        return {"PYTHONPATH": str(installed()), "PATH": os.environ["PATH"], **self.environment}


def installed() -> Path:
    """The folder of the packages, the same for every run with these versions."""
    if lacking({PYTHON: "python3"}):
        unavailable(f"{PYTHON} is not installed, and cannot be here")
    digest = hashlib.sha256(WANTED.read_bytes()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"prontuario-barman-{os.geteuid()}-{digest}"
    with folder.with_suffix(".lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "barman").is_dir() or folder.stat().st_uid != os.geteuid():
            _install(folder)
    return folder


def _install(folder: Path) -> None:
    pip = (sys.executable, "-m", "pip", "--python", PYTHON, "--disable-pip-version-check")
    strict = ("--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:")
    done = subprocess.run(
        [*pip, "install", *strict, "--upgrade", f"--target={folder}", f"--requirement={WANTED}"],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode:
        unavailable(f"Barman cannot be installed here: {done.stderr.strip()[-300:]}")
    folder.chmod(0o755)
