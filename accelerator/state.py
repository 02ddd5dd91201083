"""What each serving process last said of itself, for the one that tells others."""

import json
from pathlib import Path
from typing import Any, Final

FRESH: Final = 30
"""Seconds after which a word is too old to be believed: the process hangs, or is gone."""


def write(file: Path, said: dict[str, Any]) -> None:
    """Replaces the word at once: nobody reads half of it."""
    new = file.with_suffix(".new")
    new.write_text(json.dumps(said), encoding="utf-8")
    new.replace(file)


def read(file: Path, now: float) -> dict[str, Any]:
    """The last word, or nothing where it is too old, absent or broken."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        return said if 0 <= now - said["at"] <= FRESH else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
