"""Who reaches whom through the link, and as whom."""

import socket
from typing import Final

import pytest

from tests.link.lab.echo import asked
from tests.link.lab.fabric import APIS
from tests.link.lab.laboratory import Laboratory
from tests.link.lab.plan import FIRST, OUTSIDE, address

pytestmark = [pytest.mark.xdist_group("link"), pytest.mark.usefixtures("echo")]

TCP: Final = socket.SOCK_STREAM
UDP: Final = socket.SOCK_DGRAM

ALLOWED: Final = [
    *(
        (there, here, 8443)
        for there in ("host", "pod", "carrier-pod")
        for here in ("pod-a", "pod-b", "node-a")
    ),
    *(
        (here, there, 8443)
        for there in ("host", "pod", "carrier-pod")
        for here in ("pod-a", "pod-b", "node-b")
    ),
    *((there, "pod-a", 8443) for there in ("second-host", "second-pod")),
    *(("pod-b", there, 8443) for there in ("second-host", "second-pod")),
]


def test_both_tunnels_of_each_hospital_come_up(lab: Laboratory) -> None:
    for home in lab.hospitals.values():
        shown = home.carrier.run("wg", "show", "all", "latest-handshakes").splitlines()
        assert {line.split()[0] for line in shown if line.split()[-1] != "0"} == {"link-a0", "link-b0"}


@pytest.mark.parametrize(("source", "target", "port"), ALLOWED)
@pytest.mark.parametrize("kind", [TCP, UDP])
def test_hospitals_and_clusters_reach_each_other(
    lab: Laboratory, source: str, target: str, port: int, kind: socket.SocketKind
) -> None:
    assert asked(lab.machine(source), address(source), (address(target), port), kind) == str(address(source))


@pytest.mark.parametrize("source", ["host", "pod", "carrier-pod", "second-host", "second-pod"])
@pytest.mark.parametrize("port", [5432, 3307])
def test_the_database_sees_who_asks(lab: Laboratory, source: str, port: int) -> None:
    seen = asked(lab.machine(source), address(source), (address("sql"), port), TCP)
    assert seen == str(address(source))


@pytest.mark.parametrize("source", ["host", "pod", "carrier-pod", "second-host", "second-pod"])
def test_googles_apis_see_the_gateway(lab: Laboratory, source: str) -> None:
    seen = asked(lab.machine(source), address(source), (APIS[1], 443), TCP)
    assert seen in {str(address(f"gw-{name}")) for name in OUTSIDE}


def test_cloud_dns_asks_a_hospitals_own_resolver(lab: Laboratory) -> None:
    assert asked(lab.machine("dns"), address("dns"), (address("host"), 53), UDP) == str(address("dns"))


def test_pods_still_hide_behind_their_node_elsewhere(lab: Laboratory) -> None:
    """The rules that keep addresses in the link leave k3s's own alone."""
    pod, host = lab.hospitals[FIRST].pod, address("host")
    seen = asked(pod, address("pod"), (host, 8443), TCP)
    assert seen not in {None, str(address("pod"))}
