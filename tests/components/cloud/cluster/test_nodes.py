"""The machines of the Autopilot cluster."""

import pytest

from tests.components.cloud.cluster.world import CLUSTER, program
from tests.components.cloud.recorded import Recording, build


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        ("Account cloud-nodes", "accountId", "cluster-nodes"),
        ("Account cloud-nodes", "displayName", "Nodes of the Autopilot cluster"),
        (
            "IAMMember cloud-nodes-container.defaultNodeServiceAccount",
            "role",
            "roles/container.defaultNodeServiceAccount",
        ),
    ],
)
def test_nodes_act_as_an_account_of_their_own(
    recording: Recording, address: str, path: str, expected: object
) -> None:
    assert recording.at(address, path) == expected


def test_nodes_get_one_role_and_can_lose_it(recording: Recording) -> None:
    mine = [name for name in recording.addresses("IAMMember") if name.startswith("cloud")]
    assert mine == ["cloud-nodes-container.defaultNodeServiceAccount"]
    assert recording.resource(CLUSTER).protect
    assert not recording.resource(f"IAMMember {mine[0]}").protect
    assert not recording.resource("Account cloud-nodes").protect
