"""Daemons of a Mac: what launchd starts at boot, with nobody logged in."""

import plistlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from components.files import File, Files

DAEMONS: Final = "/Library/LaunchDaemons"

LOGS: Final = "/var/log/node"

MACHINE: Final = "hospital.node.machine"

NETWORK: Final = "hospital.node.network"

USER: Final = "_node"
"""Owns the Linux machine: limactl refuses to run as root, and nothing else needs it."""

PATIENCE: Final = 150
"""Seconds that launchd gives the Linux machine to shut down before it is cut off."""

AGAIN: Final = 30
"""Seconds from one start to the next, when a start fails."""


def daemon(label: str, arguments: Sequence[str], **more: Any) -> Files:
    """A daemon that starts at boot and again whenever it ends, for whatever reason."""
    content: Mapping[str, Any] = {
        "Label": label,
        "ProgramArguments": [*arguments],
        "RunAtLoad": True,
        "KeepAlive": True,
        "ThrottleInterval": AGAIN,
        "ProcessType": "Interactive",
        "StandardOutPath": f"{LOGS}/{label}.log",
        "StandardErrorPath": f"{LOGS}/{label}.log",
        **more,
    }
    return {plist(label): File(content=plistlib.dumps(content).decode())}


def plist(label: str) -> str:
    """The file of that daemon."""
    return f"{DAEMONS}/{label}.plist"


def machine_daemon() -> Files:
    """The one that runs the Linux machine."""
    return daemon(
        MACHINE,
        ["/opt/node/bin/start"],
        UserName=USER,
        GroupName=USER,
        WorkingDirectory="/var/empty",
        ExitTimeOut=PATIENCE,
        EnvironmentVariables={
            "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
            "HOME": "/opt/node/home",
            "LIMA_HOME": "/opt/node/lima",
        },
    )


def rotation() -> Files:
    """Logs are cut at 10 MB, and seven old ones are kept.

    ``N``: nobody is told, because the wrapper opens the file anew for every line.
    """
    line = f"{LOGS}/machine.log {USER}:{USER} 640 7 10240 * JN\n"
    return {
        "/etc/newsyslog.d/node.conf": File(content=f"# log owner:group mode count size when flags\n{line}")
    }


def loaded(label: str) -> str:
    """The step that has launchd know and run that daemon; one that runs is left alone."""
    return f"""\
if launchctl print system/{label} >/dev/null 2>&1; then
  echo "unchanged {label}: it runs"
else
  launchctl enable system/{label}
  launchctl bootstrap system {plist(label)}
  echo "started {label}"
fi"""
