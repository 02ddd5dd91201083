"""The programs that the laboratory needs, and how they come here."""

import os
from pathlib import Path
from typing import Final

from tests.debian import lacking

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
    absent = lacking(PACKAGES)
    return f"there is no {', '.join(absent)} and no way to install it" if absent else ""
