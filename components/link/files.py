"""Files of the machines that carry the link."""

import json
from collections.abc import Iterable, Mapping
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any, Final

from components.files import File, Files

SOURCE: Final = Path(__file__).parents[2] / "tunnel"
"""The programs that run on the machines, as they stand in this repository."""

HOME: Final = "/usr/local/lib"
"""Where Python finds them on a machine."""

UNITS: Final = "/etc/systemd/system"
SETTINGS: Final = "/etc/tunnel/settings.json"
RULES: Final = "/etc/tunnel/rules.nft"


def listed(networks: Iterable[IPv4Network]) -> str:
    """Ranges as nftables lists them."""
    return ", ".join(map(str, networks))


def programs() -> Files:
    """The package ``tunnel``, whole."""
    return {
        f"{HOME}/tunnel/{file.name}": File(content=file.read_text(encoding="utf-8"))
        for file in sorted(SOURCE.glob("*.py"))
    }


def settings(values: Mapping[str, Any]) -> Files:
    """What the programs are told that is not secret."""
    return {SETTINGS: File(content=json.dumps(values, indent=1, sort_keys=True) + "\n")}


def sysctl() -> Files:
    """Forwarding, and replies that may come by another way than the question went."""
    lines = [
        "net.ipv4.ip_forward = 1",
        "net.ipv4.conf.all.rp_filter = 2",
        "net.ipv4.conf.default.rp_filter = 2",
    ]
    return {"/etc/sysctl.d/90-tunnel.conf": File(content="\n".join(lines) + "\n")}


def rules_unit() -> str:
    """Loads the rules before the network is up; without rules nothing is forwarded."""
    return f"""\
[Unit]
Description=Firewall of the link
DefaultDependencies=no
Before=network-pre.target tunnel.service
Wants=network-pre.target
After=local-fs.target systemd-sysctl.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=nft -f {RULES}

[Install]
WantedBy=multi-user.target
"""


def watch_unit(program: str) -> str:
    """Runs the watch for ever; tunnels stay as they are while it starts again."""
    return f"""\
[Unit]
Description=Tunnels of the link
Wants=network-online.target
Requires=tunnel-rules.service
After=network-online.target tunnel-rules.service

[Service]
Environment=PYTHONPATH={HOME} PYTHONDONTWRITEBYTECODE=1
ExecStart=python3 -m tunnel {program} {SETTINGS}
Restart=always
RestartSec=1
KillMode=process
NoNewPrivileges=yes
CapabilityBoundingSet=CAP_NET_ADMIN CAP_NET_RAW CAP_SYS_MODULE
ProtectHome=yes
ProtectSystem=full
PrivateTmp=yes

[Install]
WantedBy=multi-user.target
"""
