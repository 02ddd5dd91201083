"""Files of a machine, as text."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """One file; always root's."""

    content: str
    mode: int = 0o644


Files = Mapping[str, File]
"""By their absolute paths."""
