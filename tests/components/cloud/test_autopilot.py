"""The Autopilot cluster."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import pytest
from pulumi import ResourceOptions

from components.cloud.autopilot import Autopilot, AutopilotArgs, Channel
from components.cloud.control_plane import ControlPlane, Reach
from components.cloud.image_policy import ImagePolicy, ImagePolicyArgs
from components.cloud.keys import Key, Keys, KeysArgs
from components.cloud.project import Api, Project
from components.cloud.topic import Topic, TopicArgs
from tests.components.cloud.cluster import NETWORK, autopilot
from tests.components.cloud.recorded import LABELS, REGION, Recording, anywhere, build, refused

CLUSTER = "Cluster cloud"


def program(project: Project) -> None:
    agents = {"secrets": Api.CONTAINER, "disks": Api.COMPUTE, "notices": Api.PUBSUB}
    keys = {use: Key(location=REGION, agent=project.agent(api)) for use, api in agents.items()}
    ids = Keys("keys", KeysArgs(project=project, keys=keys)).ids
    topic = Topic("notices", TopicArgs(project=project, regions=[REGION], key=ids["notices"]))
    images = [f"{REGION}-docker.pkg.dev/aurora-prod/images/**"]
    policy = ImagePolicy("images", ImagePolicyArgs(project=project, images=images))
    args = autopilot(
        project,
        secrets_key=ids["secrets"],
        disks_key=ids["disks"],
        notices=topic.id,
        image_policy=policy.id,
        labels=LABELS,
        security_group="gke-security-groups@aurora.example",
    )
    Autopilot("cloud", args, ResourceOptions(protect=True))
    inside = ControlPlane(reach=Reach.PRIVATE, ranges={})
    open_args = autopilot(
        project,
        control_plane=inside,
        channel=Channel.REGULAR,
        deletion_protection=False,
        node_account="inside-nodes",
        pods_range="p",
        services_range="s",
    )
    Autopilot("inside", open_args)


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


@pytest.fixture(scope="module")
def deployed() -> Recording:
    return build(program, preview=False)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("enableAutopilot", True),
        ("location", REGION),
        ("name", None),
        ("deletionProtection", True),
        ("resourceLabels", LABELS),
        ("network", NETWORK),
        ("subnetwork", f"projects/example/regions/{REGION}/subnetworks/nodes"),
        ("ipAllocationPolicy.clusterSecondaryRangeName", "pods"),
        ("ipAllocationPolicy.servicesSecondaryRangeName", "services"),
        ("privateClusterConfig.enablePrivateNodes", True),
        ("privateClusterConfig.enablePrivateEndpoint", True),
        ("controlPlaneEndpointsConfig.dnsEndpointConfig.allowExternalTraffic", True),
        ("controlPlaneEndpointsConfig.dnsEndpointConfig.enableK8sTokensViaDns", False),
        ("controlPlaneEndpointsConfig.dnsEndpointConfig.enableK8sCertsViaDns", False),
        ("controlPlaneEndpointsConfig.ipEndpointsConfig.enabled", True),
        (
            "masterAuthorizedNetworksConfig.cidrBlocks",
            [{"displayName": "nodes", "cidrBlock": "10.64.0.0/20"}],
        ),
        ("masterAuthorizedNetworksConfig.gcpPublicCidrsAccessEnabled", False),
        ("masterAuthorizedNetworksConfig.privateEndpointEnforcementEnabled", True),
        ("masterAuth.clientCertificateConfig.issueClientCertificate", False),
        ("anonymousAuthenticationConfig.mode", "LIMITED"),
        ("authenticatorGroupsConfig.securityGroup", "gke-security-groups@aurora.example"),
        ("rbacBindingConfig.enableInsecureBindingSystemAuthenticated", False),
        ("rbacBindingConfig.enableInsecureBindingSystemUnauthenticated", False),
        ("databaseEncryption.state", "ENCRYPTED"),
        ("nodePoolAutoConfig.nodeKubeletConfig.insecureKubeletReadonlyPortEnabled", "FALSE"),
        ("binaryAuthorization.evaluationMode", "PROJECT_SINGLETON_POLICY_ENFORCE"),
        ("securityPostureConfig.mode", "BASIC"),
        ("securityPostureConfig.vulnerabilityMode", "VULNERABILITY_DISABLED"),
        ("secretManagerConfig.enabled", True),
        ("secretManagerConfig.rotationConfig", {"enabled": True, "rotationInterval": "120s"}),
        ("secretSyncConfig.enabled", True),
        ("secretSyncConfig.rotationConfig", {"enabled": True, "rotationInterval": "120s"}),
        ("gatewayApiConfig.channel", "CHANNEL_STANDARD"),
        ("addonsConfig", {"gkeBackupAgentConfig": {"enabled": True}}),
        (
            "loggingConfig.enableComponents",
            ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER", "SCHEDULER", "CONTROLLER_MANAGER"],
        ),
        (
            "monitoringConfig.enableComponents",
            [
                *("SYSTEM_COMPONENTS", "APISERVER", "SCHEDULER", "CONTROLLER_MANAGER", "STORAGE", "HPA"),
                *("POD", "DAEMONSET", "DEPLOYMENT", "STATEFULSET", "CADVISOR", "KUBELET"),
            ],
        ),
        ("monitoringConfig.managedPrometheus.enabled", True),
        ("costManagementConfig.enabled", True),
        ("releaseChannel.channel", "STABLE"),
        ("maintenancePolicy.recurringWindow.recurrence", "FREQ=WEEKLY;BYDAY=SA,SU"),
        ("maintenancePolicy.recurringWindow.startTime", "2026-01-01T04:00:00Z"),
        ("maintenancePolicy.recurringWindow.endTime", "2026-01-01T12:00:00Z"),
        ("notificationConfig.pubsub.enabled", True),
        (
            "notificationConfig.pubsub.filter.eventTypes",
            [
                "SECURITY_BULLETIN_EVENT",
                "UPGRADE_AVAILABLE_EVENT",
                "UPGRADE_EVENT",
                "UPGRADE_INFO_EVENT",
            ],
        ),
    ],
)
def test_a_cluster_is_private_encrypted_and_watched(
    recording: Recording, path: str, expected: object
) -> None:
    assert recording.at(CLUSTER, path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("deletionProtection", False),
        ("controlPlaneEndpointsConfig.dnsEndpointConfig.allowExternalTraffic", False),
        ("masterAuthorizedNetworksConfig.cidrBlocks", []),
        ("masterAuthorizedNetworksConfig.privateEndpointEnforcementEnabled", True),
        ("authenticatorGroupsConfig", None),
        ("releaseChannel.channel", "REGULAR"),
        ("ipAllocationPolicy.clusterSecondaryRangeName", "p"),
        ("ipAllocationPolicy.servicesSecondaryRangeName", "s"),
    ],
)
def test_what_an_environment_decides_is_taken_over(recording: Recording, path: str, expected: object) -> None:
    assert recording.at("Cluster inside", path) == expected


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


def test_a_cluster_waits_for_its_keys_its_account_and_its_topic_and_nothing_else(
    recording: Recording,
) -> None:
    assert recording.waits(CLUSTER) == {
        *("Service apis-container", "Service apis-binaryauthorization", "Service apis-gkebackup"),
        "Topic notices",
        *("CryptoKey keys-secrets", "CryptoKeyIAMMember keys-secrets"),
        *("CryptoKey keys-disks", "CryptoKeyIAMMember keys-disks"),
        *("Account cloud-nodes", "IAMMember cloud-nodes-container.defaultNodeServiceAccount"),
    }


def test_the_keys_of_a_cluster_are_for_its_two_services(recording: Recording) -> None:
    agent = "serviceAccount:service-418273645091@{}.iam.gserviceaccount.com"
    assert recording.at("CryptoKeyIAMMember keys-secrets", "member") == agent.format("container-engine-robot")
    assert recording.at("CryptoKeyIAMMember keys-disks", "member") == agent.format("compute-system")


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("databaseEncryption.keyName", "keys-secrets"),
        ("clusterAutoscaling.autoProvisioningDefaults.bootDiskKmsKey", "keys-disks"),
        ("clusterAutoscaling.autoProvisioningDefaults.serviceAccount", "cloud-nodes"),
        ("notificationConfig.pubsub.topic", "notices"),
    ],
)
def test_each_key_account_and_topic_is_in_its_place(deployed: Recording, path: str, part: str) -> None:
    assert part in str(deployed.at(CLUSTER, path))


def test_kubernetes_accounts_are_known_by_the_projects_own_pool(deployed: Recording) -> None:
    outputs = deployed.component("cloud").outputs
    assert outputs is not None
    assert outputs["workload_pool"] == "aurora-prod.svc.id.goog"


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
