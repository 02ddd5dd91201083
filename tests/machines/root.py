"""A Debian root: built once by debootstrap, copied for each machine that a test needs."""

import fcntl
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from tests.debian import program, unavailable

CACHE: Final = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "prontuario"

NEEDED: Final = "ca-certificates,curl,e2fsprogs,iproute2,kmod,netbase,openssh-server,procps,systemd,sudo,udev"
"""What a fresh Debian or Ubuntu machine has; the scripts under test install the rest."""

LISTS: Final = (Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("*")))


def fresh(where: Path) -> Path:
    """A copy of the root; whoever asks may break it."""
    base = _base()
    copied = subprocess.run(
        ["cp", "-a", "--reflink=auto", base, where], capture_output=True, text=True, check=False
    )
    assert copied.returncode == 0, copied.stderr
    return where


def _base() -> Path:
    if os.geteuid() != 0:
        unavailable("only root can build a Debian root")
    debootstrap = program("debootstrap", "debootstrap")
    mirror, suite = _source()
    base = CACHE / f"debian-{suite}"
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"debian-{suite}.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not base.is_dir() or _made_of(base) != NEEDED:
            half = CACHE / f"debian-{suite}.new"
            shutil.rmtree(half, ignore_errors=True)
            command = [debootstrap, "--variant=minbase", f"--include={NEEDED}", suite, half, mirror]
            built = subprocess.run(command, capture_output=True, text=True, check=False)
            if built.returncode:
                unavailable(f"debootstrap cannot build a root here: {built.stdout[-500:]}")
            shutil.rmtree(base, ignore_errors=True)
            half.rename(base)
            base.with_suffix(".made-of").write_text(NEEDED, encoding="utf-8")
    return base


def _made_of(base: Path) -> str:
    told = base.with_suffix(".made-of")
    return told.read_text(encoding="utf-8") if told.exists() else ""


def _source() -> tuple[str, str]:
    """The mirror and suite from which this machine itself is installed."""
    release = Path("/etc/os-release").read_text(encoding="utf-8")
    named = re.search(r"^VERSION_CODENAME=(\w+)", release, re.MULTILINE)
    lists = "\n".join(each.read_text(encoding="utf-8") for each in LISTS if each.is_file())
    mirrors = re.findall(
        r"(?:^URIs:\s*|^deb\s+(?:\[.*\]\s+)?)(https?://\S*/debian)/?(?=\s|$)", lists, re.MULTILINE
    )
    if not named or not mirrors:
        unavailable("this machine is no Debian whose mirror is known")
    assert named
    return mirrors[0], named[1]
