"""A PostgreSQL server of Debian's, with the configuration that the operator would write."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path
from typing import Final, Self

import pytest

from components.onprem.postgres import version
from tests.debian import lacking, unavailable
from tests.postgres.people import give, user

BIN: Final = Path(f"/usr/lib/postgresql/{version.MAJOR}/bin")
PACKAGES: Final[Mapping[str, str]] = {
    str(BIN / "postgres"): f"postgresql-{version.MAJOR}",
    str(BIN.parent / "lib" / "pgaudit.so"): f"postgresql-{version.MAJOR}-pgaudit",
}
PATIENCE: Final = 60.0
"""Seconds, also where others use the processors."""

OPERATORS: Final[Mapping[str, str]] = {
    "dynamic_shared_memory_type": "posix",
    "max_worker_processes": "32",
    "max_parallel_workers": "32",
    "wal_keep_size": "512MB",
    "wal_log_hints": "on",
    "wal_receiver_timeout": "5s",
    "logging_collector": "on",
    "log_destination": "csvlog",
    "log_directory": "log",
    "log_filename": "postgres",
    "restart_after_crash": "off",
}
"""What CloudNativePG sets beside ours (``pkg/postgres/configuration.go``), but for its own paths."""


class RefusalError(Exception):
    """A client was told no, or a server did not start; with its words."""


class Server:
    """One server in a folder of its own, on a port of loopback; it is stopped at the end of a ``with``."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.data = folder / "data"

    def create(self, *options: str) -> Self:
        """An empty one, as the operator makes it."""
        locale = (f"--lc-collate={version.COLLATE}", f"--lc-ctype={version.CTYPE}", "--encoding=UTF8")
        own = ("--username=postgres", "--auth=peer", "--data-checksums", "--no-sync")
        self.run("initdb", f"--pgdata={self.data}", *own, *locale, *options)
        return self

    def configure(self, parameters: Mapping[str, str], hba: Sequence[str] = ()) -> Self:
        """Put parameters into effect beside the operator's, and lines between its first and its last."""
        written = {"port": str(self.port), "listen_addresses": "localhost", **OPERATORS, **parameters}
        written |= {"unix_socket_directories": str(self.folder)}
        lines = "".join(f"{key} = '{value}'\n" for key, value in written.items())
        self.put(self.data / "postgresql.conf", lines)
        admitted = ["local all all peer map=local", *hba, "host all all all scram-sha-256"]
        self.put(self.data / "pg_hba.conf", "\n".join(admitted) + "\n")
        people = {"postgres", "root", getuser()}
        self.put(self.data / "pg_ident.conf", "".join(f"local {each} postgres\n" for each in people))
        return self

    def put(self, file: Path, text: str) -> None:
        """A file of the server's own."""
        file.write_text(text, encoding="utf-8")
        give(file)

    def start(self) -> Self:
        """Started, and answering; the reason when it does not."""
        self.run("pg_ctl", "start", "-w", "-D", str(self.data), "-l", str(self.folder / "out"), "-t", "60")
        return self

    def stop(self, how: str = "fast") -> None:
        """Stopped; nothing happens when it was."""
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "stop", "-w", "-D", str(self.data), "-m", how)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop("immediate")

    def own(self, file: Path) -> None:
        """Let the server's user have it."""
        give(file)

    def run(self, command: str, *arguments: str, **environment: str) -> str:
        """What one of PostgreSQL's programs prints."""
        try:
            return self.program([str(BIN / command), *arguments], **environment)
        except RefusalError as why:
            out = self.folder / "out"
            if command == "pg_ctl" and out.exists():
                raise RefusalError(f"{why}\n{out.read_text(encoding='utf-8')}") from None
            raise

    def program(self, line: Sequence[str], **environment: str) -> str:
        """What a program prints, run as the server's user; what it complains of, when it fails."""
        known = {"LC_ALL": "C", "HOME": str(self.folder), "PATH": os.environ["PATH"]}
        own = {"PGHOST": str(self.folder), "PGPORT": str(self.port), "PGUSER": "postgres"}
        done = subprocess.run(
            line,
            env={**known, **own, **environment},
            cwd=self.folder,
            user=user(),
            group=user(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE * 3,
            check=False,
        )
        if done.returncode:
            raise RefusalError(done.stderr + done.stdout)
        return done.stdout.strip()

    def sql(self, statement: str, database: str = "postgres", **environment: str) -> str:
        """Rows, one a line, columns by ``|``; as superuser on the socket unless the environment says who."""
        options = ("-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement)
        return self.run("psql", *options, **environment)

    def log(self) -> str:
        """All that it has ever logged."""
        return (self.data / "log" / "postgres.csv").read_text(encoding="utf-8")


@contextmanager
def folder() -> Generator[Path]:
    """A folder that the server's user may write, with a name short enough for a socket in it."""
    here = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        give(here)
        yield here
    finally:
        shutil.rmtree(here, ignore_errors=True)


def needed() -> None:
    """Skip where PostgreSQL cannot be; in CI, fail."""
    if missing := lacking(PACKAGES):
        unavailable(f"{', '.join(missing)} is not installed, and cannot be here")


def until(done: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
    """Wait for something that takes a moment."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            pytest.fail(f"waited {seconds:.0f} s in vain until {what}")
        time.sleep(0.1)
