"""Where things lie on the Mac."""

from pathlib import Path
from typing import Final

HOME: Final = "/opt/inference"
ETC: Final = f"{HOME}/etc"
BIN: Final = f"{HOME}/bin"
MODELS: Final = f"{HOME}/models"
PROGRAMS: Final = f"{HOME}/programs"
RUN: Final = f"{HOME}/run"
STARTED: Final = f"{ETC}/started"
"""With what each daemon was last started."""
LOGS: Final = "/var/log/inference"
FRONT_LOGS: Final = "/var/log/inference-front"
DAEMONS: Final = "/Library/LaunchDaemons"

SERVER_USER: Final = "_inference"
"""Who runs models, and reads no key."""
FRONT_USER: Final = "_inferencefront"
"""Who runs the proxy, and reads its key."""

KEY: Final = f"{ETC}/server.key"
REQUEST: Final = f"{ETC}/server.csr"
NAMES: Final = f"{ETC}/server.cnf"
CERTIFICATE: Final = f"{ETC}/server.crt"
AUTHORITY: Final = f"{ETC}/authority.crt"
FRONT: Final = f"{ETC}/front.json"
SETTINGS: Final = f"{ETC}/settings.json"
BUCKET: Final = f"{ETC}/bucket.curl"

READY_PORT: Final = 8470
"""On the loopback address; models follow after it."""

SOURCE: Final = Path(__file__).parents[3] / "accelerator"
"""The programs that run on the Mac, as they stand in this repository."""

LABEL: Final = "hospital.inference"
"""The first part of every daemon's name."""


def model_port(place: int) -> int:
    """Of the model at that place of the alphabet, counted from 0."""
    return READY_PORT + 1 + place
