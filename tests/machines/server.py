"""A machine with an SSH server of its own on loopback, inside a Debian root."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self

from tests.debian import program, unavailable
from tests.machines.root import CACHE, fresh

CONFIGURATION: Final = """\
ListenAddress 127.0.0.1
Port {port}
HostKey /etc/ssh/test_host_key
AuthorizedKeysFile /etc/ssh/test_authorized
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
AllowUsers {user}
PidFile none
"""

MOUNTS: Final = """\
set -eu
mount --make-rprivate /
mount -t proc proc "$1/proc"
mount -t sysfs -o ro sysfs "$1/sys"
mount -t tmpfs tmpfs "$1/run"
mount --bind "$2" "$1/var/cache/apt/archives"
mkdir -p "$1/run/sshd"
: >"$1/run/asked"
chmod 0666 "$1/run/asked"
exec chroot "$1" /usr/sbin/sshd -D -e -f /etc/ssh/test_config
"""
"""In a mount and process namespace of its own: nothing that it mounts or starts outlives it."""


class Server:
    """Runs until closed. ``shims`` stand for what cannot be here, by their path in the root."""

    def __init__(self, where: Path, user: str, shims: Mapping[str, str]) -> None:
        self.root, self.user = fresh(where), user
        self.port = free_port()
        self._prepare(shims)
        unshare = program("unshare", "util-linux")
        self._packages = where.parent / f"{where.name}.packages"
        _handed(CACHE / "packages", self._packages)
        inner = ["sh", "-c", MOUNTS, "sh", self.root, self._packages]
        command = [unshare, "--mount", "--pid", "--fork", "--kill-child", *inner]
        self._log = (where.parent / f"{where.name}.log").open("w", encoding="utf-8")
        self._process = subprocess.Popen(
            command, stdout=self._log, stderr=self._log, stdin=subprocess.DEVNULL, start_new_session=True
        )
        self._wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stops it, and forgets its root."""
        self._process.kill()
        self._process.wait(10)
        self._log.close()
        if (self.root / "var/lib/longhorn").is_dir():
            subprocess.run(["chattr", "-i", self.root / "var/lib/longhorn"], check=False, capture_output=True)
        shutil.rmtree(self.root)
        _handed(self._packages, CACHE / "packages")
        shutil.rmtree(self._packages)

    @property
    def host_key(self) -> str:
        """Its public one."""
        return " ".join(self.file("/etc/ssh/test_host_key.pub").read_text(encoding="utf-8").split()[:2])

    def file(self, path: str) -> Path:
        """Where a file of the machine is for the test; never follows a link out of the root."""
        found = self.root / path.removeprefix("/")
        assert not found.is_symlink(), f"{path} is a link"
        return found

    def let_in(self, public_key: str) -> None:
        """Lets the holder of a key enter."""
        with self.file("/etc/ssh/test_authorized").open("a", encoding="utf-8") as keys:
            keys.write(f"{public_key.strip()}\n")

    def add_user(self, name: str) -> None:
        """A user who becomes root without a password."""
        self.chroot("useradd", "--create-home", "--password", "*", "--shell", "/bin/bash", name)
        sudoers = self.file(f"/etc/sudoers.d/{name}")
        sudoers.write_text(f"{name} ALL=(ALL) NOPASSWD:ALL\n", encoding="utf-8")
        sudoers.chmod(0o440)

    def chroot(self, *command: str) -> str:
        """Runs a command in the root, outside the SSH server."""
        ran = subprocess.run(["chroot", self.root, *command], capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def _prepare(self, shims: Mapping[str, str]) -> None:
        self.add_user(self.user)
        self.chroot("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "/etc/ssh/test_host_key")
        configuration = CONFIGURATION.format(port=self.port, user=self.user)
        self.file("/etc/ssh/test_config").write_text(configuration, encoding="utf-8")
        self.let_in("")
        self.file("/etc/dpkg/dpkg.cfg.d/quick").write_text("force-unsafe-io\n", encoding="utf-8")
        for path, text in shims.items():
            there = self.root / path.removeprefix("/")
            there.unlink(missing_ok=True)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_text(text, encoding="utf-8")
            there.chmod(0o755)
        for name in ("/etc/resolv.conf", "/etc/hosts"):  # packages are asked for by name
            (self.root / name.removeprefix("/")).unlink(missing_ok=True)
            self.file(name).write_bytes(Path(name).read_bytes())

    def _wait(self) -> None:
        for _ in range(100):
            if self._process.poll() is not None:
                break
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        self._log.flush()
        unavailable(
            f"no SSH server in a root here: {Path(self._log.name).read_text(encoding='utf-8')[-300:]}"
        )


def _handed(kept: Path, to: Path) -> None:
    """Packages are fetched once; apt locks its folder of them, so each machine has one of its own."""
    to.mkdir(exist_ok=True)
    for package in kept.glob("*.deb"):
        if not (to / package.name).exists():
            whole = to / f"{package.name}.{os.getpid()}"
            shutil.copyfile(package, whole)
            whole.replace(to / package.name)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


VOLATILE: Final = ("proc", "sys", "run", "dev", "tmp")


def digest(root: Path) -> Mapping[str, str]:
    """Every file of a root with its mode, owner, size and time of change: equal means untouched."""
    found = {}
    for folder, _, names in os.walk(root):
        if folder in {str(root / each) for each in VOLATILE}:
            continue
        for name in names:
            path = Path(folder, name)
            at = path.lstat()
            parts = (f"{at.st_mode:o}", at.st_uid, at.st_gid, at.st_size, at.st_mtime_ns, at.st_ino)
            found[str(path.relative_to(root))] = " ".join(map(str, parts))
    return found
