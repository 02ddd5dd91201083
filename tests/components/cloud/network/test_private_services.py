"""Private service access."""

import pytest

from components.cloud.network.private_services import PrivateServices, PrivateServicesArgs
from components.cloud.project import Project
from tests.components.cloud.recorded import NETWORK, Recording, anywhere, build, networks, refused

RANGE, TINY = networks("10.76.0.0/16", "10.76.0.0/25")


def served(*, export_routes: bool, disposable: bool = False, preview: bool = True) -> Recording:
    def program(project: Project) -> None:
        args = PrivateServicesArgs(
            project=project,
            network=NETWORK,
            network_name="vpc",
            range=RANGE,
            export_routes=export_routes,
            disposable=disposable,
        )
        PrivateServices("psa", args)

    return build(program, preview=preview)


@pytest.fixture(scope="module")
def recording() -> Recording:
    return served(export_routes=True)


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        ("GlobalAddress psa", "purpose", "VPC_PEERING"),
        ("GlobalAddress psa", "addressType", "INTERNAL"),
        ("GlobalAddress psa", "address", "10.76.0.0"),
        ("GlobalAddress psa", "prefixLength", 16),
        ("GlobalAddress psa", "network", NETWORK),
        ("Connection psa", "service", "servicenetworking.googleapis.com"),
        ("Connection psa", "network", NETWORK),
        ("Connection psa", "updateOnCreationFail", True),
        ("NetworkPeeringRoutesConfig psa", "network", "vpc"),
        ("NetworkPeeringRoutesConfig psa", "exportCustomRoutes", True),
        ("NetworkPeeringRoutesConfig psa", "importCustomRoutes", False),
    ],
)
def test_services_get_a_range_of_ours_and_learn_our_routes(
    recording: Recording, address: str, path: str, expected: object
) -> None:
    assert recording.at(address, path) == expected


def test_without_sites_the_export_is_switched_off_rather_than_left_out() -> None:
    config = "NetworkPeeringRoutesConfig psa"
    assert served(export_routes=False).at(config, "exportCustomRoutes") is False


def test_the_peering_goes_only_with_a_stack_that_may_be_thrown_away(recording: Recording) -> None:
    """A network cannot be deleted while it is peered; a peering removed too early cuts a database off."""
    thrown_away = served(export_routes=True, disposable=True)
    assert thrown_away.at("Connection psa", "deletionPolicy") == "REMOVE_PEERING"
    assert recording.at("Connection psa", "deletionPolicy") == "ABANDON"


def test_unless_said_otherwise_a_peering_outlives_its_stack() -> None:
    plain = PrivateServicesArgs(
        project=anywhere(), network=NETWORK, network_name="vpc", range=RANGE, export_routes=True
    )
    assert not plain.disposable


def test_the_peering_waits_for_its_own_api_and_its_range(recording: Recording) -> None:
    assert recording.waits("Connection psa") == {"Service apis-servicenetworking", "GlobalAddress psa"}
    assert recording.waits("NetworkPeeringRoutesConfig psa") == {"Service apis-compute", "Connection psa"}


def test_a_service_can_be_placed_before_it_learns_the_way_to_the_sites() -> None:
    outputs = served(export_routes=True, preview=False).component("psa").outputs
    assert outputs is not None
    assert (outputs["network"], outputs["range_name"], outputs["routes"]) == (NETWORK, "psa-name", "psa-id")


def test_a_range_too_small_for_one_service_is_refused() -> None:
    with refused(
        "10.76.0.0/25 is too small for private services: write /24 or a larger range, "
        "one for each service and region"
    ):
        PrivateServicesArgs(
            project=anywhere(), network=NETWORK, network_name="vpc", range=TINY, export_routes=True
        )
