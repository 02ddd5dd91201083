"""One prepared machine for all tests of it; each leaves it as it found it."""

from collections.abc import Iterator

import pytest

from tests.machines.prepared import Prepared, prepared_in


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """A Linux host that was prepared twice."""
    with prepared_in(tmp_path_factory.mktemp("linux")) as made:
        yield made
