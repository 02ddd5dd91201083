"""Brings a gateway's document from Secret Manager into memory; the disk never sees it."""

import json
from pathlib import Path

from tunnel.google import secret


def main(file: str) -> None:
    """Fetch the newest version, and put it in place if it is another."""
    settings = json.loads(Path(file).read_text(encoding="utf-8"))
    place(Path(settings["document"]), secret(settings["secret"]))


def place(file: Path, text: str) -> None:
    """The text in the file, whole or not at all, for its owner only."""
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return
    beside = file.with_suffix(".new")
    beside.touch(mode=0o600)
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)
