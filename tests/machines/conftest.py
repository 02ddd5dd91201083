"""Machines that are prepared once for all tests of them; each test leaves them as it found them."""

from collections.abc import Iterator

import pytest

from tests.machines.prepared import Prepared, prepared_in
from tests.machines.ward import Ward, ward_in


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """A Linux host that was prepared twice."""
    with prepared_in(tmp_path_factory.mktemp("linux")) as made:
        yield made


@pytest.fixture(scope="session")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ward]:
    """A Mac with Lima and the Linux machine inside it, prepared twice."""
    with ward_in(tmp_path_factory.mktemp("lima")) as made:
        yield made
