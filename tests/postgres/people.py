"""As whom servers and their clients run."""

import os
import shutil
from pathlib import Path
from typing import Final

USER: Final = "postgres"
"""Debian's; PostgreSQL refuses to be root."""


def user() -> str | None:
    """Another user than the tests', when those are root's."""
    return USER if os.geteuid() == 0 else None


def give(file: Path) -> None:
    """To that user."""
    if whose := user():
        shutil.chown(file, whose, whose)
