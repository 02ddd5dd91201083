"""The Autopilot cluster."""

import pytest

from tests.components.cloud.arguments import NETWORK
from tests.components.cloud.cluster.world import CLUSTER, program
from tests.components.cloud.recorded import LABELS, REGION, Recording, build


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
