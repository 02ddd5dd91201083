"""What the tests of the command line share."""

from pathlib import Path

import pytest

from tests.toolkit.clinic import clinic


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The clinic, committed."""
    return clinic(tmp_path / "clinic")
