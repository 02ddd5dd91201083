"""What all tests share."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update``: write golden files anew instead of comparing with them."""
    parser.addoption("--update", action="store_true", help="write the golden files anew")
