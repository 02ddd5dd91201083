"""A cluster before any machine hears of it: what is refused, and what each node is told it is for."""

from collections.abc import Mapping
from ipaddress import IPv4Network
from typing import Any

import pytest

from components.onprem.k3s.cluster import K3sArgs
from components.onprem.k3s.nodes import Duty
from components.onprem.k3s.version import check, tag
from tests.components.cloud.recorded import refused
from tests.components.onprem.k3s import world


@pytest.mark.parametrize("count", [0, 2, 4])
def test_an_even_number_of_servers_is_refused(count: int) -> None:
    with refused(
        f"{count} servers: write one or three; an even number of etcd members survives no more loss"
    ):
        world.plan(count)


@pytest.mark.parametrize(("count", "survives"), [(1, False), (3, True)])
def test_one_server_and_three_work_and_it_says_which(count: int, *, survives: bool) -> None:
    assert world.plan(count).highly_available is survives


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (
            {"servers": [world.node("a", 11, duty=Duty.API_BACKEND)]},
            "server a has the duty api-backend: workers have duties, servers serve",
        ),
        (
            {"servers": [world.node("a", 11, allow_destroy=True)]},
            "server a is the last one, and is never destroyed: leave allow_destroy out",
        ),
        (
            {"workers": [world.node("b", 21)]},
            "worker b has no duty: say what it is for, or nothing would run on it",
        ),
        (
            {"workers": [world.node("server-1", 21, duty=Duty.API_BACKEND)]},
            "two nodes are called server-1: give each a name of its own",
        ),
        (
            {"workers": [world.node("b", 11, duty=Duty.API_BACKEND)]},
            "server-1 and b have the same address 10.20.0.11",
        ),
        (
            {"pods": IPv4Network("10.42.0.0/23")},
            "10.42.0.0/23 has room for the pods of 2 nodes, and there are 4",
        ),
        ({"services": IPv4Network("10.43.0.0/29")}, "10.43.0.0/29 has no room for services: /24 or larger"),
        (
            {"services": IPv4Network("10.42.9.0/24")},
            "pods 10.42.0.0/16 and services 10.42.9.0/24 overlap",
        ),
        (
            {"services": IPv4Network("10.20.0.0/24")},
            "server-1 has an address of pods or services, 10.20.0.11",
        ),
    ],
)
def test_a_cluster_that_could_not_work_is_refused(changed: Mapping[str, Any], message: str) -> None:
    with refused(message):
        world.plan(**changed)


@pytest.mark.parametrize("version", ["v1.36", "stable", "1.36.3+k3s1", "v1.36.3", "v1.36.3+k3s1 ", "latest"])
def test_only_an_exact_version_is_a_version(version: str) -> None:
    with refused(f"k3s version {version!r}: write one exactly, like v1.36.3+k3s1"):
        check(version)


def test_a_version_is_a_tag_without_its_plus_sign() -> None:
    assert tag("v1.36.3+k3s1") == "v1.36.3-k3s1"


def test_k3s_is_never_fetched_in_clear() -> None:
    with refused("releases at http://mirror: write https://, and no address that can be changed"):
        K3sArgs(plan=world.plan(), releases="http://mirror")


@pytest.mark.parametrize(
    ("duty", "taints"),
    [
        (Duty.AI_INFERENCE, ["prontuario.health/duty=ai-inference:NoSchedule"]),
        (Duty.API_BACKEND, []),
        (Duty.DATA_PROCESSING, []),
    ],
)
def test_each_duty_is_a_label_and_the_ai_node_takes_nothing_else(duty: Duty, taints: list[str]) -> None:
    node = world.node("one", 21, duty=duty)
    assert node.labels == {
        "prontuario.health/duty": duty.value,
        "node.longhorn.io/create-default-disk": "true",
    }
    assert node.taints == taints


def test_a_server_without_a_disk_for_volumes_has_no_label_and_no_taint() -> None:
    node = world.node("one", 11, storage=False)
    assert node.labels == {}
    assert node.taints == []
