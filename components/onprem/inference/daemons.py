"""What launchd keeps alive on the Mac, and how its logs are kept small."""

import json
import plistlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from components.files import File, Files
from components.onprem.inference import layout
from components.onprem.inference.models import Model
from components.onprem.inference.pins import ENVIRONMENT

PYTHON: Final = f"{layout.HOME}/env-{ENVIRONMENT}/bin/python"

OFFLINE: Final[Mapping[str, str]] = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HOME": f"{layout.RUN}/hub",
    "HOME": layout.RUN,
    "PYTHONPATH": layout.PROGRAMS,
    "PYTHONDONTWRITEBYTECODE": "1",
}
"""Nothing is fetched from a hub, and nobody is told what runs here."""

RETRY: Final = 30
"""Seconds before a daemon that ended starts anew: so often a Mac without Metal looks again."""

GIB: Final = 1024**3


def label(part: str) -> str:
    """A daemon's name."""
    return f"{layout.LABEL}.{part}"


def plist(part: str) -> str:
    """Its file."""
    return f"{layout.DAEMONS}/{label(part)}.plist"


def serving(models: Mapping[str, Model]) -> Files:
    """The daemons of the models and of the readiness, and what they are told."""
    names = sorted(models)
    daemons = {
        plist(f"model.{name}"): _python(f"model.{name}", ["serve", layout.SETTINGS, name]) for name in names
    }
    return {
        layout.SETTINGS: File(content=_settings(models)),
        plist("ready"): _python("ready", ["ready", layout.SETTINGS]),
        **daemons,
    }


def front() -> File:
    """The daemon of the proxy."""
    caddy = [f"{layout.BIN}/caddy", "run", "--config", layout.FRONT]
    return _daemon("front", layout.FRONT_USER, caddy, {"HOME": "/var/empty", "XDG_DATA_HOME": "/var/empty"})


def rotation() -> File:
    """For newsyslog: seven files of about a MiB each.

    No signal: our programs open their file anew for each line, and Caddy rotates its own.
    """
    lines = (
        f"{layout.LOGS}/*.log {layout.SERVER_USER}:{layout.SERVER_USER} 640 7 1024 * GNJ",
        f"{layout.FRONT_LOGS}/*.start.log {layout.FRONT_USER}:{layout.FRONT_USER} 640 7 1024 * GNJ",
    )
    return File(content="".join(f"{line}\n" for line in lines))


def _python(part: str, arguments: Sequence[str]) -> File:
    return _daemon(part, layout.SERVER_USER, [PYTHON, "-m", "accelerator", *arguments], OFFLINE)


def _daemon(part: str, user: str, command: Sequence[str], environment: Mapping[str, str]) -> File:
    """No core dump: it would hold patient data.

    macOS honours limits of files and core dumps, and ignores ResidentSetSize: memory is limited inside the
    serving process. What is printed before a program is silent goes into ``.start.log``.
    """
    limits = {"Core": 0, "NumberOfFiles": 4096}
    logs = layout.LOGS if user == layout.SERVER_USER else layout.FRONT_LOGS
    start = f"{logs}/{part}.start.log"
    told: dict[str, Any] = {
        "Label": label(part),
        "UserName": user,
        "GroupName": user,
        "ProgramArguments": [*command],
        "EnvironmentVariables": {**environment},
        "WorkingDirectory": "/var/empty",
        "RunAtLoad": True,
        "KeepAlive": True,
        "ThrottleInterval": RETRY,
        "ProcessType": "Interactive",
        "SoftResourceLimits": limits,
        "HardResourceLimits": limits,
        "Umask": 0o027,
        "StandardOutPath": start,
        "StandardErrorPath": start,
    }
    return File(content=plistlib.dumps(told).decode())


def _settings(models: Mapping[str, Model]) -> str:
    told = {
        "run": layout.RUN,
        "logs": layout.LOGS,
        "certificate": layout.CERTIFICATE,
        "ready_port": layout.READY_PORT,
        "models": {
            name: {
                "kind": models[name].kind,
                "port": layout.model_port(place),
                "path": folder(name, models[name]),
                "together": models[name].together,
                "context_bytes": int(models[name].context_gib * GIB),
                "limit_bytes": int(models[name].gib * GIB),
            }
            for place, name in enumerate(sorted(models))
        },
    }
    return json.dumps(told, indent=1, sort_keys=True) + "\n"


def folder(name: str, model: Model) -> str:
    """Where its files lie; another archive lies elsewhere."""
    return f"{layout.MODELS}/{name}-{model.sha256[:12]}"
