"""Clusters that Google would refuse, and what Autopilot has no room for."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import pytest

from components.cloud.cluster.autopilot import AutopilotArgs, Channel
from tests.components.cloud.arguments import autopilot
from tests.components.cloud.cluster.world import CLUSTER, program
from tests.components.cloud.recorded import Recording, anywhere, build, refused

REFUSED = {
    *("nodePools", "nodeConfig", "networkPolicy", "removeDefaultNodePool", "defaultMaxPodsPerNode"),
    *(
        "enableShieldedNodes",
        "enableIntranodeVisibility",
        "initialNodeCount",
        "datapathProvider",
        "dnsConfig",
    ),
    *("autopilotClusterPolicyConfig", "nodeVersion", "networkingMode", "workloadIdentityConfig"),
}
"""What Autopilot refuses, ignores, sets itself, or takes as a reason to replace the cluster."""


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


def test_nothing_is_sent_that_autopilot_refuses(recording: Recording) -> None:
    assert REFUSED.isdisjoint(recording.resource(CLUSTER).inputs)
    scaling = recording.at(CLUSTER, "clusterAutoscaling")
    assert isinstance(scaling, Mapping)
    assert {*scaling} == {"autoProvisioningDefaults"}
    assert {*scaling["autoProvisioningDefaults"]} == {"bootDiskKmsKey", "serviceAccount"}
    assert recording.at(CLUSTER, "binaryAuthorization.enabled") is None


def test_the_arguments_have_no_room_for_what_autopilot_refuses() -> None:
    snake = {"".join(f"_{c.lower()}" if c.isupper() else c for c in name) for name in REFUSED}
    assert snake.isdisjoint(each.name for each in fields(AutopilotArgs))


def test_no_channel_without_support_can_be_named() -> None:
    assert [each.value for each in Channel] == ["REGULAR", "STABLE"]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            {"region": "us-central1-a"},
            "cluster in 'us-central1-a', which is not a region: write one, as in us-central1",
        ),
        (
            {"pods_range": "pods", "services_range": "pods"},
            "pods and services both in range 'pods': give each its own",
        ),
        (
            {"security_group": "team@aurora.example"},
            "security_group 'team@aurora.example': GKE takes only gke-security-groups@<domain>",
        ),
    ],
)
def test_a_cluster_that_gke_would_refuse_is_refused_first(more: dict[str, Any], message: str) -> None:
    with refused(message):
        autopilot(anywhere(), **more)
