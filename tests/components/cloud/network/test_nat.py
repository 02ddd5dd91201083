"""The way out."""

import pytest

from components.cloud.network.nat import Nat, NatArgs
from components.cloud.project import Project
from tests.components.cloud.recorded import LABELS, NETWORK, REGION, Recording, anywhere, build, refused


def program(project: Project) -> None:
    subnets = {"nodes": "subnet-of-nodes"}
    Nat("nat", NatArgs(project=project, region=REGION, network=NETWORK, subnets=subnets, labels=LABELS))


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        ("Address nat-a", "addressType", "EXTERNAL"),
        ("Address nat-a", "region", REGION),
        ("Address nat-a", "labels", LABELS),
        ("Router nat", "network", NETWORK),
        ("Router nat", "region", REGION),
        ("RouterNat nat", "region", REGION),
        ("RouterNat nat", "natIpAllocateOption", "MANUAL_ONLY"),
        ("RouterNat nat", "sourceSubnetworkIpRangesToNat", "LIST_OF_SUBNETWORKS"),
        ("RouterNat nat", "subnetworks.0.name", "subnet-of-nodes"),
        ("RouterNat nat", "subnetworks.0.sourceIpRangesToNats", ["ALL_IP_RANGES"]),
        ("RouterNat nat", "enableDynamicPortAllocation", True),
        ("RouterNat nat", "enableEndpointIndependentMapping", False),
        ("RouterNat nat", "minPortsPerVm", 64),
        ("RouterNat nat", "maxPortsPerVm", 8192),
        ("RouterNat nat", "logConfig.enable", True),
        ("RouterNat nat", "logConfig.filter", "ALL"),
    ],
)
def test_traffic_leaves_from_fixed_addresses_and_is_logged(
    recording: Recording, address: str, path: str, expected: object
) -> None:
    assert recording.at(address, path) == expected


def test_translation_waits_for_its_router_and_every_address(recording: Recording) -> None:
    assert recording.addresses("Address") == ["nat-a", "nat-b"]
    assert recording.waits("RouterNat nat") == {
        "Service apis-compute",
        "Router nat",
        "Address nat-a",
        "Address nat-b",
    }


@pytest.mark.parametrize("addresses", [(), ("a", "a")])
def test_addresses_without_keys_of_their_own_are_refused(addresses: tuple[str, ...]) -> None:
    with refused("NAT needs at least one address, each with a key of its own, as in ('a', 'b')"):
        NatArgs(
            project=anywhere(), region=REGION, network=NETWORK, subnets={"nodes": "n"}, addresses=addresses
        )


def test_nat_for_no_subnet_is_refused() -> None:
    with refused("NAT for no subnet serves nobody: name at least one"):
        NatArgs(project=anywhere(), region=REGION, network=NETWORK, subnets={})
