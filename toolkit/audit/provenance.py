"""Where a report comes from: what was read, by which rules, with which tools, and when."""

import hashlib
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, Literal

from toolkit.baseline.ref import commit_of, dirty

TOOLS: Final = (
    "pulumi",
    *(f"pulumi-{package}" for package in ("command", "gcp", "kubernetes", "random", "tls")),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """What an auditor writes down to find the same again."""

    kind: Literal["preview", "export"]
    source: str
    """The file's name, or what the program was read from."""
    digest: str = ""
    """SHA-256 of the file."""
    written: str = ""
    """When the engine wrote the file, as it says itself."""
    engine: str = ""
    """Which engine wrote it."""
    commit: str = ""
    """Of this checkout: its rules, and in a preview its program."""
    dirty: bool = False
    """Whether the checkout differs from that commit."""
    at: datetime
    tools: Mapping[str, str] = field(default_factory=dict)


def of_preview(root: Path, stack: str, at: datetime) -> Provenance:
    """Of the program in ``root``."""
    return Provenance(
        kind="preview",
        source=f"__main__.py, Pulumi.{stack}.yaml",
        commit=commit_of("HEAD", root),
        dirty=dirty(root),
        at=at,
        tools=_tools(),
    )


def of_export(file: Path, manifest: object, root: Path, at: datetime) -> Provenance:
    """Of a file. Its name is told and its place is not: that is the business of whoever keeps it."""
    told = manifest if isinstance(manifest, Mapping) else {}
    return Provenance(
        kind="export",
        source=file.name,
        digest=hashlib.sha256(file.read_bytes()).hexdigest(),
        written=str(told.get("time", ""))[:19],
        engine=str(told.get("version", "")),
        commit=commit_of("HEAD", root),
        dirty=dirty(root),
        at=at,
        tools=_tools(),
    )


def _tools() -> Mapping[str, str]:
    found = {"Python": platform.python_version()}
    for name in TOOLS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
