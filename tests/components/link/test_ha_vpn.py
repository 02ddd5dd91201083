"""The link by IPsec."""

from dataclasses import replace

import pytest

from components.base import declared
from components.cloud.project import Project
from components.link.ha_vpn import HaVpn, HaVpnArgs
from components.link.wireguard import WireGuard
from tests.components.cloud.recorded import Recording, build
from tests.components.link import world
from toolkit.values import Secret

PLAN = world.plan("recife", "santos")


def linked(plan: world.LinkPlan = PLAN) -> Recording:
    def program(project: Project) -> None:
        HaVpn("link", HaVpnArgs(ground=world.ground(project, plan)))

    return build(program)


@pytest.fixture(scope="module")
def recording() -> Recording:
    return linked()


def test_both_kinds_of_link_have_the_same_outputs() -> None:
    assert declared(HaVpn) == declared(WireGuard)


def test_every_site_has_a_tunnel_from_each_end_of_the_gateway(recording: Recording) -> None:
    tunnels = recording.addresses("VPNTunnel")
    assert tunnels == ["link-recife-a", "link-recife-b", "link-santos-a", "link-santos-b"]
    for name in tunnels:
        tunnel = f"VPNTunnel {name}"
        assert recording.at(tunnel, "ikeVersion") == 2
        assert recording.at(tunnel, "vpnGatewayInterface") == (0 if name.endswith("a") else 1)
        assert isinstance(recording.resource(tunnel).inputs["sharedSecret"], Secret)


def test_sessions_have_addresses_of_their_own(recording: Recording) -> None:
    ranges = [
        recording.at(f"RouterInterface {each}", "ipRange") for each in recording.addresses("RouterInterface")
    ]
    assert ranges == ["169.254.4.1/30", "169.254.4.5/30", "169.254.4.9/30", "169.254.4.13/30"]
    assert recording.at("RouterPeer link-santos-b", "peerIpAddress") == "169.254.4.14"
    assert recording.at("RouterPeer link-santos-b", "peerAsn") == 4_200_000_002


def test_the_first_tunnel_is_preferred(recording: Recording) -> None:
    assert recording.at("RouterPeer link-recife-a", "advertisedRoutePriority") == 100
    assert recording.at("RouterPeer link-recife-b", "advertisedRoutePriority") == 200


def test_a_site_is_told_what_it_may_reach(recording: Recording) -> None:
    told = recording.at("Router link", "bgp.advertisedIpRanges")
    assert told == [{"range": str(each)} for each in PLAN.reached]


def test_a_new_generation_leaves_the_second_tunnel_alone() -> None:
    now = linked(replace(PLAN, generations=[1, 2]))
    waits = {key: now.waits(f"VPNTunnel link-recife-{key}") for key in "ab"}
    assert "RandomPassword link-site-recife-2" in waits["a"]
    assert "RandomPassword link-site-recife-1" in waits["b"]
