"""Upgrades as they are asked for: exact, one node after the other, and with no more rights than they need."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from components.onprem.k3s import controller
from components.onprem.k3s.snapshots import Snapshots, SnapshotsArgs
from components.onprem.k3s.upgrades import Upgrades, UpgradesArgs
from components.onprem.k3s.version import VERSION
from tests.components.cloud.recorded import Recording, recorded, refused
from tests.components.onprem.k3s import world
from tests.components.onprem.k3s.samples import SAMPLES
from tests.crds import faults
from toolkit.graph import Resource
from toolkit.values import UNKNOWN, Secret

PLANS: Final = ("one-k3s-servers", "one-k3s-workers")


@pytest.fixture(scope="module")
def recording() -> Recording:
    return recorded(lambda: [SAMPLES[each]("one", None) for each in (Snapshots, Upgrades)])


def plan(recording: Recording, name: str) -> Mapping[str, Any]:
    (found,) = (each for each in recording.graph.resources.values() if each.name == name)
    spec = found.inputs["spec"]
    assert isinstance(spec, Mapping)
    return spec


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("concurrency", 1),
        ("version", VERSION),
        ("channel", None),
        ("cordon", True),
        ("serviceAccountName", "system-upgrade"),
        ("upgrade", {"image": "rancher/k3s-upgrade:v1.36.3-k3s1"}),
    ],
)
def test_a_plan_is_exact_and_takes_one_node_at_a_time(
    recording: Recording, name: str, key: str, expected: object
) -> None:
    assert plan(recording, name).get(key) == expected


@pytest.mark.parametrize("name", PLANS)
def test_a_node_is_emptied_in_time_and_never_by_force(recording: Recording, name: str) -> None:
    drain = plan(recording, name)["drain"]
    assert (drain["force"], drain["disableEviction"], drain["timeout"]) == (False, False, "45m")
    assert controller.DEADLINE > 45 * 60, "the Job must outlive the draining"


def test_workers_wait_for_the_servers(recording: Recording) -> None:
    servers, workers = (plan(recording, name) for name in PLANS)
    assert "prepare" not in servers
    assert workers["prepare"]["args"] == ["prepare", "k3s-servers"]


def test_every_node_is_in_exactly_one_plan(recording: Recording) -> None:
    chosen = [plan(recording, name)["nodeSelector"]["matchExpressions"] for name in PLANS]
    key = "node-role.kubernetes.io/control-plane"
    assert chosen == [[{"key": key, "operator": "Exists"}], [{"key": key, "operator": "DoesNotExist"}]]


@pytest.mark.parametrize("name", PLANS)
def test_no_taint_of_ours_keeps_an_upgrade_away(recording: Recording, name: str) -> None:
    tolerated = {each["key"] for each in plan(recording, name)["tolerations"]}
    assert tolerated >= {"prontuario.health/duty", "node-role.kubernetes.io/control-plane"}


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_has_only_keys_that_the_controller_knows(recording: Recording, name: str) -> None:
    assert faults(recording.resource(f"Plan {name}").inputs) == []


def test_the_version_is_known_when_every_kubelet_tells_it(recording: Recording) -> None:
    (upgrades,) = (each for each in recording.graph.resources.values() if each.type == Upgrades.token)
    assert upgrades.outputs == {"version": UNKNOWN}
    told = recording.resource("Command one-told")
    assert {each.rpartition("::")[2] for each in told.dependencies} >= {*PLANS}


def test_the_kind_is_not_fought_over_with_the_controller(recording: Recording) -> None:
    assert [*recording.resource("CustomResourceDefinition one-plan").ignore_changes] == ["spec"]


def test_the_controller_may_change_its_own_kind_alone(recording: Recording) -> None:
    rules = recording.resource("ClusterRole one-everywhere").inputs["rules"]
    assert isinstance(rules, list | tuple)
    kinds = [rule for rule in rules if rule["resources"] == ["customresourcedefinitions"]]
    writing = [rule for rule in kinds if {*rule["verbs"]} & {"create", "update", "patch", "delete"}]
    assert [rule.get("resourceNames") for rule in writing] == [["plans.upgrade.cattle.io"]]
    assert not [rule for rule in rules if "secrets" in rule["resources"] or "*" in rule["verbs"]]


@pytest.mark.parametrize("image", ["rancher/system-upgrade-controller:v0.20.1", "rancher/x@sha256:abc"])
def test_a_controller_that_is_not_named_by_digest_is_refused(image: str) -> None:
    with refused(f"image {image}: name it by digest, like rancher/system-upgrade-controller@sha256:..."):
        UpgradesArgs(namespace="a", controller=image, server=world.machine("a", 11), nodes=["a"])


def test_upgrades_of_nothing_are_refused() -> None:
    with refused("upgrades of no node: name all nodes of the cluster, or leave them out"):
        UpgradesArgs(namespace="a", controller=world.CONTROLLER, server=world.machine("a", 11), nodes=[])


def test_the_keys_of_the_bucket_are_secret(recording: Recording) -> None:
    secret: Resource = recording.resource("Secret one")
    assert isinstance(secret.inputs["stringData"], Secret)
    assert secret.inputs["type"] == "etcd.k3s.cattle.io/s3-config-secret"


@pytest.mark.parametrize("folder", ["", "/k3s"])
def test_snapshots_of_two_clusters_do_not_meet(folder: str) -> None:
    with refused("snapshots need a folder of their own, like k3s/recife: two clusters share a bucket"):
        SnapshotsArgs(bucket="a", folder=folder, region="b", access_key="c", secret_key="d")  # noqa: S106 -- none


def test_an_endpoint_is_a_name() -> None:
    with refused("endpoint https://a: write the name alone, like storage.googleapis.com"):
        SnapshotsArgs(
            bucket="a",
            folder="b",
            region="c",
            access_key="d",
            secret_key="e",  # noqa: S106 -- none
            endpoint="https://a",
        )
