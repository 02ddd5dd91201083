"""One laboratory for the tests of a group, which share it and leave it as they found it."""

import os
from collections.abc import Iterator

import pytest

from tests.link.lab.echo import Echo
from tests.link.lab.laboratory import Laboratory
from tests.link.lab.tools import missing


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laboratory]:
    """Both hospitals joined with the cloud; skipped where it cannot be built, but never in CI."""
    if why := missing():
        assert os.environ.get("CI") != "true", f"in CI these tests run: {why}"
        pytest.skip(why)
    with Laboratory(tmp_path_factory.mktemp("laboratory")) as built:
        built.joined()
        yield built


@pytest.fixture(scope="session")
def echo(lab: Laboratory) -> Iterator[Echo]:
    """Somebody who answers at every place, where its own kind of service would."""
    made = Echo()
    lab.answer(made)
    yield made
    made.close()
