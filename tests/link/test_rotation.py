"""New keys under traffic: the old ones and the new ones work side by side, then the old ones work no more."""

import time
from collections.abc import Iterator

import pytest

from tests.link.lab.calls import Calls
from tests.link.lab.deployment import deploy, forget, keys
from tests.link.lab.laboratory import Laboratory
from tests.link.lab.plan import SECOND
from tests.link.lab.rendered import rendered
from tests.link.lab.traffic import Traffic, between
from tests.link.lab.tunnels import agreed

pytestmark = [pytest.mark.xdist_group("link-changes"), pytest.mark.usefixtures("echo")]

LOST = 0.5
"""Seconds; a packet that is on its way while a tunnel is taken down is lost, and no more."""


@pytest.fixture
def traffic(lab: Laboratory) -> Iterator[Traffic]:
    """From both hospitals and to them, fifty questions a second each."""
    with between(lab, ["host", "pod", "second-host"], ["pod-a"], pace=0.02) as flowing:
        yield flowing


def test_keys_change_twice_without_a_lost_second(lab: Laboratory, traffic: Traffic) -> None:
    """Once where gateways are told first, once where hospitals are; the third takes the first one's place."""
    calls, began, old = Calls(lab, "a"), time.monotonic(), keys(lab)
    deploy(lab, 2, 0)
    assert len(keys(lab)) == 2 * len(old)
    deploy(lab, 2, 1)
    assert not keys(lab) & old
    deploy(lab, 3, 1, sites_first=True)
    deploy(lab, 3, 2, sites_first=True)
    assert not keys(lab) & old
    assert traffic.worst(began) <= LOST, traffic
    assert calls.alerts == set()


def test_retired_keys_open_nothing(lab: Laboratory) -> None:
    """Whoever kept the first document, and has it replayed, agrees on no keys, and is told of."""
    if lab.current is not rendered(3, 2):
        deploy(lab, 3, 2)
    carrier = lab.hospitals[SECOND].carrier
    calls = Calls(lab, "b")
    lab.tell_site(SECOND, rendered(1, 0))
    forget(lab, "b")
    calls.hear({"event": "handshake-refused", "site": SECOND, "generation": 3})
    assert not agreed(carrier)
    assert calls.alerts == {"handshake-refused"}
    lab.tell_site(SECOND, rendered(3, 2))
    lab.joined()
