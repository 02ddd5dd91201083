"""One control plane for all tests of it, which leave it as they found it."""

from collections.abc import Iterator

import pytest

from tests.cluster.plane import cache, stages
from tests.cluster.plane.control_plane import ControlPlane, ControlPlaneArgs
from tests.debian import unavailable


@pytest.fixture(scope="session")
def cluster() -> Iterator[ControlPlane]:
    """Kinds of operators come with the first object of them. Skipped where none is built, never in CI."""
    if not cache.built():
        unavailable(
            "no control plane is built: `make cluster` does it, where there is Go and its module proxy"
        )
    players = [stages.LOAD_BALANCERS, stages.CLAIMS]
    with ControlPlane(ControlPlaneArgs(stages=players)) as running:
        yield running
