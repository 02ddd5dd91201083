"""k3s as a service of the machine."""

from typing import Final

from components.files import File, Files
from components.onprem.k3s.shell import K3S

UNITS: Final = "/etc/systemd/system"


def service(*, server: bool) -> str:
    """The unit's name, which the link's own units know too."""
    return "k3s" if server else "k3s-agent"


def unit(*, server: bool) -> Files:
    """Pods outlive a restart of k3s: only its own process ends.

    A server has started when its control plane answers; a worker, as k3s' own installer has it, when it
    runs: at a start of the whole hospital it must not wait for servers that wait for each other.
    """
    command, kind = ("server", "notify") if server else ("agent", "exec")
    content = f"""\
[Unit]
Description=k3s {command}
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=0

[Service]
Type={kind}
ExecStartPre=-/sbin/modprobe br_netfilter
ExecStartPre=-/sbin/modprobe overlay
ExecStart={K3S} {command}
KillMode=process
Delegate=yes
LimitNOFILE=1048576
LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity
TimeoutStartSec=0
Restart=always
RestartSec=5s

[Install]
WantedBy=multi-user.target
"""
    return {f"{UNITS}/{service(server=server)}.service": File(content=content)}
