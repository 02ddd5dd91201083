"""One laboratory for the tests of a group, which share it and leave it as they found it."""

import socket
from collections.abc import Iterator

import pytest

from tests.debian import unavailable
from tests.link.lab.echo import Echo, asked
from tests.link.lab.laboratory import Laboratory
from tests.link.lab.machine import wait
from tests.link.lab.plan import address
from tests.link.lab.tools import missing


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laboratory]:
    """Both hospitals joined with the cloud; skipped where it cannot be built, but never in CI."""
    if why := missing():
        unavailable(why)
    with Laboratory(tmp_path_factory.mktemp("laboratory")) as built:
        built.joined()
        yield built


@pytest.fixture(scope="session")
def echo(lab: Laboratory) -> Iterator[Echo]:
    """Somebody who answers at every place, where its own kind of service would."""
    made = Echo()
    lab.answer(made)
    for there in ("host", "second-host"):
        question = (lab.machine(there), address(there), (address("pod-a"), 8443), socket.SOCK_STREAM)
        wait(lambda question=question: asked(*question), f"{there} gets its first answer")
    yield made
    made.close()
