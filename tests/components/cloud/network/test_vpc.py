"""The network and its subnets."""

from collections.abc import Callable

import pytest

from components.cloud.network.vpc import Network, NetworkArgs, Subnet
from components.cloud.project import Project
from tests.components.cloud.recorded import REGION, Recording, anywhere, build, networks, refused

NODES, PODS, SERVICES, GATEWAYS, TINY = networks(
    "10.64.0.0/20", "10.68.0.0/14", "10.72.0.0/20", "10.64.16.0/24", "10.64.17.0/30"
)


def program(project: Project) -> None:
    subnets = {
        "nodes": Subnet(range=NODES, secondary={"pods": PODS, "services": SERVICES}),
        "gateways": Subnet(range=GATEWAYS),
    }
    Network("vpc", NetworkArgs(project=project, region=REGION, subnets=subnets))


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        ("Network vpc", "autoCreateSubnetworks", False),
        ("Network vpc", "deleteDefaultRoutesOnCreate", False),
        ("Network vpc", "routingMode", "GLOBAL"),
        ("Network vpc", "mtu", 1460),
        ("Subnetwork vpc-nodes", "ipCidrRange", "10.64.0.0/20"),
        ("Subnetwork vpc-nodes", "region", REGION),
        ("Subnetwork vpc-nodes", "stackType", "IPV4_ONLY"),
        ("Subnetwork vpc-nodes", "privateIpGoogleAccess", True),
        ("Subnetwork vpc-nodes", "logConfig.aggregationInterval", "INTERVAL_5_SEC"),
        ("Subnetwork vpc-nodes", "logConfig.flowSampling", 1.0),
        ("Subnetwork vpc-nodes", "logConfig.metadata", "INCLUDE_ALL_METADATA"),
        ("Subnetwork vpc-nodes", "secondaryIpRanges.0.rangeName", "pods"),
        ("Subnetwork vpc-nodes", "secondaryIpRanges.0.ipCidrRange", "10.68.0.0/14"),
        ("Subnetwork vpc-nodes", "secondaryIpRanges.1.rangeName", "services"),
        ("Subnetwork vpc-gateways", "privateIpGoogleAccess", True),
        ("Subnetwork vpc-gateways", "secondaryIpRanges", []),
    ],
)
def test_the_network_is_private_and_logged(
    recording: Recording, address: str, path: str, expected: object
) -> None:
    assert recording.at(address, path) == expected


def test_nothing_exists_but_what_was_asked_for(recording: Recording) -> None:
    assert recording.addresses("Subnetwork") == ["vpc-gateways", "vpc-nodes"]
    assert recording.addresses("Route") == [], "the way out is Google's default route and no other"


def test_everything_waits_for_the_compute_api_and_its_network_only(recording: Recording) -> None:
    assert recording.waits("Network vpc") == {"Service apis-compute"}
    assert recording.waits("Subnetwork vpc-nodes") == {"Service apis-compute", "Network vpc"}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            lambda: NetworkArgs(project=anywhere(), region=REGION, subnets={}),
            "a network without subnets can hold nothing: name at least one",
        ),
        (
            lambda: Subnet(range=TINY),
            "10.64.17.0/30 is too small for a subnet: write /29 or a larger range",
        ),
    ],
)
def test_a_network_that_google_would_refuse_is_refused_first(
    wrong: Callable[[], object], message: str
) -> None:
    with refused(message):
        wrong()
