"""Schemas of charts and custom resources, which lie beside a checkout and are no part of the project."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

SHARED: Final = Path(os.environ.get("SHARED", Path(__file__).parents[2] / "shared"))
"""``../shared``, or what the environment says: checkouts of helpers lie elsewhere."""


def schema(folder: str, name: str) -> Any:
    """A document of ``schemas``; without the folder the test is skipped, and says so."""
    if not (SHARED / "schemas").is_dir():
        pytest.skip("../shared is not beside this checkout")
    return _read(SHARED / "schemas" / folder / f"{name}.json")


@cache
def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
