"""Packets of every size get through, also by lines that take less, and from machines that send more."""

from collections.abc import Iterator

import pytest

from tests.link.lab.bulk import learnt, transfer, whole
from tests.link.lab.fabric import JUMBO
from tests.link.lab.laboratory import Laboratory
from tests.link.lab.plan import address
from tests.link.lab.trouble import resize_line, resize_machines, silent_about_sizes

pytestmark = [pytest.mark.xdist_group("link"), pytest.mark.usefixtures("echo")]

SIZE = 3 * 2**20
STALLED = 8.0
"""Seconds without a byte; a black hole stalls for ever."""

TUNNEL = 1380
PAIRS = [("host", "pod-a"), ("pod", "pod-b"), ("pod-a", "host"), ("pod-b", "pod")]
BOTH = pytest.mark.parametrize(("source", "target"), PAIRS)


@pytest.fixture(params=["ordinary", "line of 1400", "machines of 9000"])
def path(lab: Laboratory, request: pytest.FixtureRequest) -> Iterator[str]:
    """What lies at either side of the tunnels."""
    if request.param == "line of 1400":
        resize_line(lab, 1400)
    if request.param == "machines of 9000":
        resize_machines(lab, 9000, JUMBO)
    yield request.param
    resize_line(lab, 1500)
    resize_machines(lab, 1500, 1460)


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("told", ["told what fits", "told nothing"])
@BOTH
def test_a_connection_carries_much(lab: Laboratory, source: str, target: str, told: str) -> None:
    """Also where somebody drops the messages that would say what fits, as many firewalls do."""
    with silent_about_sizes(lab, *(["host", "pod", "pod-a", "pod-b"] if told == "told nothing" else [])):
        assert transfer(lab.machine(source), lab.machine(target), (address(target), 9000), SIZE, STALLED)


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("size", [1300, 1372, 1432, 8000, 20000])
@BOTH
def test_datagrams_of_any_size_arrive_whole(lab: Laboratory, source: str, target: str, size: int) -> None:
    assert whole(lab.machine(source), address(source), (address(target), 8443), size)


@pytest.mark.usefixtures("path")
@BOTH
def test_whoever_sends_too_much_is_told_what_fits(lab: Laboratory, source: str, target: str) -> None:
    assert learnt(lab.machine(source), address(source), (address(target), 8443), 1400) == TUNNEL
