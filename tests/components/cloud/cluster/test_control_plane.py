"""The ways to a cluster's control plane."""

import json

import pytest

from components.cloud.cluster.autopilot import Autopilot
from components.cloud.cluster.control_plane import ControlPlane, Reach
from components.cloud.project import Project
from settings.choices import Access
from tests.components.cloud.arguments import NODES, autopilot
from tests.components.cloud.recorded import Recording, build, networks, refused
from toolkit.values import Secret

LOGIN = {
    "apiVersion": "client.authentication.k8s.io/v1beta1",
    "command": "gke-gcloud-auth-plugin",
    "args": ["--use_application_default_credentials"],
    "interactiveMode": "Never",
    "provideClusterInfo": True,
    "installHint": "install it with: gcloud components install gke-gcloud-auth-plugin",
}


def program(project: Project) -> None:
    inside = ControlPlane(reach=Reach.PRIVATE, ranges={})
    Autopilot("cloud", autopilot(project))
    Autopilot("inside", autopilot(project, control_plane=inside, node_account="inside-nodes"))


@pytest.fixture(scope="module")
def deployed() -> Recording:
    return build(program, preview=False)


@pytest.mark.parametrize(
    ("name", "cluster"),
    [
        ("cloud", {"server": "https://None"}),  # the stand-in engine makes up no DNS name
        ("inside", {"server": "https://inside-endpoint", "certificate-authority-data": None}),
    ],
    ids=["by its name", "by its address"],
)
def test_the_kubeconfig_is_secret_and_holds_no_key_and_no_token(
    deployed: Recording, name: str, cluster: object
) -> None:
    outputs = deployed.component(name).outputs
    assert outputs is not None
    kubeconfig = outputs["kubeconfig"]
    assert isinstance(kubeconfig, Secret)
    context = f"{name}-name"
    assert json.loads(str(kubeconfig.value)) == {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": context, "cluster": cluster}],
        "contexts": [{"name": context, "context": {"cluster": context, "user": context}}],
        "current-context": context,
        "users": [{"name": context, "user": {"exec": LOGIN}}],
    }


def test_every_range_that_nobody_announces_may_reach_the_control_plane() -> None:
    ranges = dict(zip("abc", networks("10.0.0.0/8", "172.16.0.0/12", "192.168.7.0/24"), strict=True))
    assert ControlPlane(reach=Reach.PRIVATE, ranges=ranges).ranges == ranges


def test_the_ways_are_those_that_a_stack_file_can_name() -> None:
    assert [*map(str, Reach)] == [*map(str, Access)]


@pytest.mark.parametrize("range_", ["0.0.0.0/0", "203.0.113.10/32", "8.8.8.0/24", "128.0.0.0/1"])
def test_no_range_of_the_internet_reaches_the_control_plane(range_: str) -> None:
    (network,) = networks(range_)
    with refused(
        f"range office ({range_}) is not private: the control plane has no public address, "
        "name ranges of the network or of a site, or set reach to Reach.IAM"
    ):
        ControlPlane(reach=Reach.PRIVATE, ranges={"nodes": NODES, "office": network})
