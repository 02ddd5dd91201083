"""The programs that the laboratory needs, and how they come here."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

PACKAGES: Final = {
    "ip": "iproute2",
    "nft": "nftables",
    "wg": "wireguard-tools",
    "wireguard-go": "wireguard-go",
    "nsenter": "util-linux",
    "setpriv": "util-linux",
    "sysctl": "procps",
}
"""Debian's packages, by the program that is needed of each."""


def missing() -> str:
    """Why the laboratory cannot be built here, after installing what can be installed; empty if it can."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "namespaces need root"
    if not Path("/lib/systemd/systemd").exists() or not Path("/dev/net/tun").exists():
        return "machines need systemd and /dev/net/tun"
    if _lacking() and shutil.which("apt-get"):
        _install(*{PACKAGES[each] for each in _lacking()})
    return f"there is no {', '.join(_lacking())} and no way to install it" if _lacking() else ""


def _lacking() -> list[str]:
    return [each for each in PACKAGES if not shutil.which(each)]


def _install(*packages: str) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (("update",), ("install", "--yes", "--no-install-recommends", *sorted(packages))):
        subprocess.run(["apt-get", "-qq", *command], env=quiet, capture_output=True, timeout=300, check=False)
