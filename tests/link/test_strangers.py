"""Who has not the right keys gets no handshake, leaves a line in the journal, and somebody is called."""

import json
import time
from collections.abc import Iterator

import pytest

from tests.link.lab.calls import Calls
from tests.link.lab.deployment import forget
from tests.link.lab.laboratory import Laboratory
from tests.link.lab.plan import SECOND, STRANGER
from tests.link.lab.rogue import rogue
from tests.link.lab.trouble import open_firewall
from tests.link.lab.tunnels import agreed, take_away

pytestmark = [pytest.mark.xdist_group("link"), pytest.mark.usefixtures("echo")]


@pytest.fixture
def open_to_all(lab: Laboratory) -> Iterator[None]:
    """Google's firewall lets everybody in."""
    with open_firewall(lab):
        yield


@pytest.fixture
def calls(lab: Laboratory) -> Iterator[Calls]:
    """Of the second gateway, whose program tells everything anew; the hospital has its own keys after."""
    lab.gateway("b").run("systemctl", "restart", "tunnel.service")
    lab.joined()
    yield Calls(lab, "b")
    lab.tell_site(SECOND, lab.current)
    lab.joined()


@pytest.mark.parametrize("session", ["young", "none"])
def test_a_wrong_preshared_key(lab: Laboratory, calls: Calls, session: str) -> None:
    carrier = lab.hospitals[SECOND].carrier
    document = json.loads(lab.current.secrets()[f"link-site-{SECOND}"])
    for interface in document["interfaces"]:
        for peer in interface["peers"].values():
            peer["preshared"] = carrier.run("wg", "genpsk").strip()
    carrier.run("systemctl", "stop", "tunnel.service")
    lab.place(SECOND, json.dumps(document))
    take_away(carrier)
    if session == "none":
        forget(lab, "b")
    carrier.run("systemctl", "start", "tunnel.service")
    calls.hear({"event": "handshake-refused", "site": SECOND})
    assert not agreed(carrier)
    assert calls.alerts == {"handshake-refused"}


def test_an_unlisted_peer_on_the_internet_does_not_even_reach_a_gateway(lab: Laboratory) -> None:
    with rogue(lab, lab.stranger, "b"):
        time.sleep(6)  # the first knock, and the next
    assert STRANGER not in lab.gateway("b").run("nft", "list", "set", "inet", "tunnel", "strangers")


@pytest.mark.usefixtures("open_to_all")
def test_an_unlisted_peer_on_the_internet_where_everybody_does(lab: Laboratory, calls: Calls) -> None:
    with rogue(lab, lab.stranger, "b"):
        calls.hear({"event": "stranger", "address": STRANGER})
    assert calls.alerts == {"stranger"}


def test_an_unlisted_peer_at_a_hospitals_address(lab: Laboratory, calls: Calls) -> None:
    """Behind the same translation as the hospital's own tunnel, which works."""
    with rogue(lab, lab.hospitals[SECOND].node, "b"):
        calls.hear({"event": "handshake-refused", "site": SECOND}, 90)
    assert calls.alerts == {"handshake-refused"}
