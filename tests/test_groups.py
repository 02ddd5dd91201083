"""Tests that share a server stay together: pytest and pytest-xdist must agree on how that is said."""

import os

import pytest

GROUP = "shared-by-these"
pytestmark = [
    pytest.mark.xdist_group(GROUP),
    pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="one process keeps all together"),
]


def test_a_group_is_part_of_what_workers_are_given(request: pytest.FixtureRequest) -> None:
    assert request.node.nodeid.endswith(f"@{GROUP}"), "the pins of pytest and pytest-xdist do not go together"
