"""What the tests of a program share."""

from pathlib import Path

import pytest

from tests.toolkit.program.checkout import Checkout


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A program that does nothing yet."""
    return Checkout(tmp_path)
