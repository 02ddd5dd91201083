"""Whether this machine has a browser."""

import os
import shutil
from typing import Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str:
    """The browser's path; empty when there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), "")


def missing() -> str:
    """Why tests that need a browser are skipped; empty when there is one, and in CI: there they fail."""
    if chromium() or os.environ.get("CI") == "true":
        return ""
    return "no chromium here: `make browser` installs it on Debian"
