"""What the care table and the stacks come to in Google: the golden graphs hold no values."""

from functools import cache

import pytest

from components.cloud.storage.retention import Retention
from settings import CARE, Environment, Settings
from stacks.stores import plan
from tests.components.cloud.recorded import Recording
from tests.settings.many import settings_with
from tests.stacks.graphs import ROOT, graph_of
from toolkit.program import Program

DAY = 86400
HERE, THERE = "us-central1", "us-east4"
CLOUD = ["10.64.0.0/20", "10.64.16.0/24", "10.68.0.0/14", "10.72.0.0/20"]
HOSPITAL = ["10.20.0.0/22", "10.42.0.0/16", "10.43.0.0/16"]
PAYS = {"cost-center": "clinical-platform"}
PODS, SERVICES = (
    {"rangeName": name, "ipCidrRange": range_}
    for name, range_ in (("pods", "10.68.0.0/14"), ("services", "10.72.0.0/20"))
)
SITE = {"displayName": "site-sao-paulo", "cidrBlock": "10.20.0.0/22"}
DATABASE, REPLICA, CLUSTER = (
    "DatabaseInstance database",
    "DatabaseInstance database-us-east4",
    "Cluster cluster",
)
BACKUPS, COPIES, RETENTION = "settings.backupConfiguration", "BackupPlan cluster-backup", "retentionPolicy"


@cache
def deployed(stack: str) -> Recording:
    """The stack with made-up values in place of Google's."""
    return Recording(Program.read(ROOT, stack).run(preview=False))


@pytest.mark.parametrize(
    ("address", "path", "staging", "prod"),
    [
        ("Bucket documents", "defaultEventBasedHold", False, True),
        ("Bucket images", "defaultEventBasedHold", False, True),
        ("Bucket backups", "defaultEventBasedHold", False, False),
        ("Bucket documents", "softDeletePolicy.retentionDurationSeconds", 7 * DAY, 30 * DAY),
        ("Bucket documents", "lifecycleRules.0.condition.daysSinceNoncurrentTime", 14, 90),
        ("Bucket audit-logs", "retentionPolicy.retentionPeriod", str(90 * DAY), str(2190 * DAY)),
        ("Bucket audit-logs", "retentionPolicy.isLocked", False, False),
        ("Bucket audit-logs", "lifecycleRules.2.action.storageClass", "COLDLINE", "COLDLINE"),
        ("Bucket audit-logs", "lifecycleRules.2.condition.age", 90, 90),
        (DATABASE, "deletionProtection", False, True),
        (DATABASE, "settings.deletionProtectionEnabled", False, True),
        (DATABASE, "settings.availabilityType", "REGIONAL", "REGIONAL"),
        (DATABASE, "settings.tier", "db-custom-1-3840", "db-custom-2-7680"),
        (DATABASE, f"{BACKUPS}.backupRetentionSettings.retainedBackups", 7, 30),
        (DATABASE, f"{BACKUPS}.location", "us", "us"),
        (DATABASE, "settings.finalBackupConfig.retentionDays", 7, 90),
        (CLUSTER, "deletionProtection", False, True),
        (CLUSTER, "releaseChannel.channel", "REGULAR", "STABLE"),
        (CLUSTER, "location", "us-central1", "us-central1"),
        (COPIES, f"{RETENTION}.backupRetainDays", 7, 35),
        (COPIES, f"{RETENTION}.backupDeleteLockDays", 1, 30),
        ("Secret analytics-password", "deletionProtection", False, True),
        ("Secret analytics-password", "rotation.rotationPeriod", f"{90 * DAY}s", f"{90 * DAY}s"),
        ("CryptoKey keys-documents", "versionTemplate.protectionLevel", "SOFTWARE", "HSM"),
        ("Repository registry", "cleanupPolicies.1.mostRecentVersions.keepCount", 10, 30),
    ],
)
def test_an_environment_is_as_careful_as_the_table_says(
    address: str, path: str, staging: object, prod: object
) -> None:
    assert Recording(graph_of("staging")).at(address, path) == staging
    assert Recording(graph_of("prod")).at(address, path) == prod


@pytest.mark.parametrize(
    ("address", "path", "classification"),
    [
        ("Bucket documents", "labels", "patient"),
        ("Bucket images", "labels", "patient"),
        ("Bucket backups", "labels", "patient"),
        ("Bucket audit-logs", "labels", "internal"),
        (DATABASE, "settings.userLabels", "deidentified"),
        (REPLICA, "settings.userLabels", "deidentified"),
        (COPIES, "labels", "deidentified"),
        ("Secret analytics-password", "labels", "deidentified"),
        ("Topic rotation-due", "labels", "internal"),
        ("Repository registry", "labels", "internal"),
    ],
)
def test_a_store_says_what_lies_in_it_and_who_pays(address: str, path: str, classification: str) -> None:
    labels = {"cost-center": "clinical-platform", "data-classification": classification}
    assert Recording(graph_of("prod")).at(address, path) == labels


@pytest.mark.parametrize(
    ("address", "path", "value"),
    [
        ("Bucket documents", "encryption.defaultKmsKeyName", "keys-documents-id"),
        ("Bucket images", "encryption.defaultKmsKeyName", "keys-images-id"),
        ("Bucket backups", "encryption.defaultKmsKeyName", "keys-backups-id"),
        ("Bucket audit-logs", "encryption.defaultKmsKeyName", "keys-audit-logs-id"),
        (DATABASE, "encryptionKeyName", "keys-database-id"),
        (REPLICA, "encryptionKeyName", "keys-database-recovery-id"),
        (CLUSTER, "databaseEncryption.keyName", "keys-cluster-secrets-id"),
        (CLUSTER, "clusterAutoscaling.autoProvisioningDefaults.bootDiskKmsKey", "keys-cluster-disks-id"),
        (COPIES, "backupConfig.encryptionKey.gcpKmsEncryptionKey", "keys-cluster-backups-id"),
        ("Repository registry", "kmsKeyName", "keys-registry-id"),
        ("Topic rotation-due", "kmsKeyName", "keys-notices-id"),
        ("Topic cluster-notices", "kmsKeyName", "keys-notices-id"),
        ("CryptoKeyIAMMember keys-documents", "member", "gs-project-accounts"),
        ("CryptoKeyIAMMember keys-audit-logs", "member", "gs-project-accounts"),
        ("CryptoKeyIAMMember keys-database", "member", "gcp-sa-cloud-sql"),
        ("CryptoKeyIAMMember keys-database-recovery", "member", "gcp-sa-cloud-sql"),
        ("CryptoKeyIAMMember keys-cluster-secrets", "member", "container-engine-robot"),
        ("CryptoKeyIAMMember keys-cluster-disks", "member", "compute-system"),
        ("CryptoKeyIAMMember keys-cluster-backups", "member", "gcp-sa-gkebackup"),
        ("CryptoKeyIAMMember keys-registry", "member", "gcp-sa-artifactregistry"),
        ("CryptoKeyIAMMember keys-secrets", "member", "gcp-sa-secretmanager"),
        ("CryptoKeyIAMMember keys-notices", "member", "gcp-sa-pubsub"),
        ("CryptoKey keys-documents", "keyRing", "keys-us-central1-id"),
        ("CryptoKey keys-backups", "keyRing", "keys-us-id"),
        ("CryptoKey keys-database-recovery", "keyRing", "keys-us-east4-id"),
        ("CryptoKey keys-cluster-backups", "keyRing", "keys-us-east4-id"),
        ("TopicIAMMember rotation-due-pubsub.publisher-secret-manager", "member", "gcp-sa-secretmanager"),
        ("TopicIAMMember rotation-due-pubsub.publisher-secret-manager", "role", "roles/pubsub.publisher"),
        (CLUSTER, "notificationConfig.pubsub.topic", "cluster-notices-id"),
        ("Secret analytics-password", "topics.0.name", "rotation-due-id"),
        ("Secret analytics-password", "replication.userManaged.replicas.0.location", "us-central1"),
        ("User database-backend", "instance", "database-name"),
        ("Policy image-policy", "admissionWhitelistPatterns.0.namePattern", "/santa-aurora-prod/images/**"),
    ],
)
def test_each_key_account_and_topic_is_in_its_place(address: str, path: str, value: str) -> None:
    assert value in str(deployed("prod").at(address, path))


@pytest.mark.parametrize(
    ("address", "path", "value"),
    [
        (CLUSTER, "authenticatorGroupsConfig.securityGroup", "gke-security-groups@santa-aurora.example"),
        (CLUSTER, "masterAuthorizedNetworksConfig.cidrBlocks", [SITE]),
        (CLUSTER, "resourceLabels", PAYS),
        ("CryptoKey keys-database", "labels", PAYS),
        ("Address nat-a", "labels", PAYS),
        ("NotificationChannel alerts", "userLabels", PAYS),
        ("gcp google", "project", "santa-aurora-prod"),
        ("gcp google", "region", HERE),
        ("NetworkFirewallPolicyRule firewall-ingress-internal", "match.srcIpRanges", CLOUD),
        ("NetworkFirewallPolicyRule firewall-egress-internal", "match.destIpRanges", CLOUD),
        ("NetworkFirewallPolicyRule firewall-ingress-site-sao-paulo", "match.srcIpRanges", HOSPITAL),
        ("NetworkFirewallPolicyRule firewall-ingress-site-sao-paulo", "match.destIpRanges", CLOUD),
        ("Account cluster-nodes", "accountId", "cluster-nodes"),
        (
            "Subnetwork core-nodes",
            "secondaryIpRanges.0",
            {"rangeName": "pods", "ipCidrRange": "10.68.0.0/14"},
        ),
        ("Subnetwork core-nodes", "secondaryIpRanges.1.rangeName", "services"),
    ],
)
def test_the_settings_arrive_where_they_belong(address: str, path: str, value: object) -> None:
    assert Recording(graph_of("prod")).at(address, path) == value


@pytest.mark.parametrize("use", ["documents", "images", "backups"])
def test_what_people_still_need_stays_where_it_is_fast(use: str) -> None:
    rules = Recording(graph_of("prod")).at(f"Bucket {use}", "lifecycleRules")
    assert isinstance(rules, list)
    assert [rule["action"]["type"] for rule in rules] == ["Delete", "AbortIncompleteMultipartUpload"]


def test_the_audit_logs_are_locked_by_the_stack_file_alone() -> None:
    cloud = Settings.model_validate(settings_with(1) | {"environment": "prod"}).cloud
    assert cloud is not None
    for lock in (None, "santa-aurora-prod-audit-logs"):
        stores = plan(cloud.model_copy(update={"lock_audit_logs": lock}), CARE[Environment.PROD])
        assert stores["audit-logs"].retention == Retention(days=2190, lock=lock)


def test_the_data_map_tells_what_lies_where_in_prod() -> None:
    lines = graph_of("prod").exports["data_map"]
    assert isinstance(lines, list)
    assert {(line["store"], line["classification"], line["location"]) for line in lines} == {
        *((name, "internal", HERE) for name in ("cluster-notices", "rotation-due", "registry")),
        *(("documents", "patient", HERE), ("images", "patient", HERE), ("backups", "patient", "US")),
        *(("audit-logs", "internal", HERE), ("logs", "internal", HERE)),
        *(("cluster", "deidentified", HERE), ("cluster-backup", "deidentified", THERE)),
        *(("database", "deidentified", HERE), ("database-backups", "deidentified", "US")),
        *(("database-replica", "deidentified", THERE), ("analytics-password", "deidentified", HERE)),
        *(
            (f"sao-paulo-{store}", "patient", "sao-paulo")
            for store in ("volumes", "database", "vault", "k3s")
        ),
        *((f"sao-paulo-{copy}", "patient", HERE) for copy in ("k3s-token", "volumes-key")),
    }


@pytest.mark.parametrize(
    ("address", "role"),
    [
        ("BucketIAMMember documents-storage.objectUser-sao-paulo", "roles/storage.objectUser"),
        ("RepositoryIamMember registry-artifactregistry.reader-nodes", "roles/artifactregistry.reader"),
        (
            "SecretIamMember analytics-password-secretmanager.secretAccessor-backend",
            "roles/secretmanager.secretAccessor",
        ),
        (
            "IAMMember cluster-nodes-container.defaultNodeServiceAccount",
            "roles/container.defaultNodeServiceAccount",
        ),
    ],
)
def test_nobody_may_do_more_than_is_needed_there(address: str, role: str) -> None:
    assert deployed("prod").at(address, "role") == role


def test_only_a_stack_with_sites_lets_them_ask_and_learn_the_way() -> None:
    for stack, joined in (("staging", False), ("prod", True)):
        graph = Recording(graph_of(stack))
        assert graph.at("NetworkPeeringRoutesConfig private-services", "exportCustomRoutes") is joined
        assert graph.at("Policy names", "enableInboundForwarding") is joined


def test_the_audit_logs_are_for_nobody_of_the_sites() -> None:
    granted = Recording(graph_of("prod")).addresses("BucketIAMMember")
    assert [each for each in granted if "sao-paulo" in each] == [
        *(f"{use}-storage.objectUser-sao-paulo" for use in ("documents", "images")),
        *(f"sao-paulo-archive-storage.{role}-database" for role in ("bucketViewer", "objectUser")),
        *(f"sao-paulo-backups-{role}" for role in ("bucketViewer", "objectUser")),
    ]


def test_dev_goes_to_the_cluster_that_its_stack_file_names() -> None:
    assert Recording(graph_of("dev")).at("kubernetes cluster", "context") == "k3d-prontuario"
