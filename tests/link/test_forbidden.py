"""Nothing else passes: by whom, as whom and with whatever he owns."""

import socket
from collections.abc import Iterator

import pytest

from tests.link.forbidden import EVERYBODY, TAKEN_GATEWAY, TAKEN_HOSPITAL
from tests.link.lab.attack import arrived
from tests.link.lab.echo import asked
from tests.link.lab.laboratory import Laboratory
from tests.link.lab.plan import SECOND, address
from tests.link.lab.trouble import lawless, open_firewall

pytestmark = [pytest.mark.xdist_group("link"), pytest.mark.usefixtures("echo")]


@pytest.fixture
def without_google(lab: Laboratory) -> Iterator[None]:
    """Somebody opened Google's firewall to everybody."""
    with open_firewall(lab):
        yield


def test_nothing_else_arrives(lab: Laboratory) -> None:
    assert arrived(lab, EVERYBODY) == set()


@pytest.mark.usefixtures("without_google")
def test_nothing_else_arrives_where_googles_firewall_is_open(lab: Laboratory) -> None:
    through = [each for each in EVERYBODY if each.target not in {"gw-a", "gw-b"}]
    assert arrived(lab, through) == set()


@pytest.mark.parametrize("firewall", ["closed", "open"])
def test_a_hospital_that_was_taken_over_reaches_no_more(
    lab: Laboratory, firewall: str, request: pytest.FixtureRequest
) -> None:
    if firewall == "open":
        request.getfixturevalue("without_google")
    with lawless(lab, SECOND):
        assert arrived(lab, TAKEN_HOSPITAL) == set()


@pytest.mark.usefixtures("without_google")
def test_a_gateway_that_was_taken_over_reaches_no_more_of_a_hospital(lab: Laboratory) -> None:
    with lawless(lab, "gw-a"):
        assert arrived(lab, TAKEN_GATEWAY) == set()


@pytest.mark.parametrize("port", [22, 8080])
@pytest.mark.parametrize("gateway", ["gw-a", "gw-b"])
def test_no_gateway_answers_a_hospital(lab: Laboratory, gateway: str, port: int) -> None:
    assert asked(lab.machine("host"), address("host"), (address(gateway), port), socket.SOCK_STREAM) is None


@pytest.mark.usefixtures("without_google")
def test_it_is_the_rules_that_stop_them(lab: Laboratory) -> None:
    """The same packets arrive where nobody looks: they are well made, and go the right way."""
    with lawless(lab, SECOND), lawless(lab, "gw-a"):
        beyond = arrived(lab, TAKEN_HOSPITAL)
    arrive = {each.partition(" to ")[2] for each in beyond}
    assert arrive >= {"control-plane tcp/443", "apis tcp/80", "sql tcp/22", "sql udp/5432", "dns tcp/443"}
    assert arrive >= {"pod-a icmp/0", "sql tcp/5432"}  # as somebody else
