"""Copies of a cluster."""

from typing import Any

import pytest
from pulumi import ResourceOptions

from components.classification import Classification
from components.cloud.cluster.autopilot import Autopilot
from components.cloud.cluster.backup import ClusterBackup, ClusterBackupArgs
from components.cloud.project import Api, Project
from components.cloud.secrets.keys import Key, Keys, KeysArgs
from tests.components.cloud.arguments import autopilot
from tests.components.cloud.recorded import LABELS, PROJECT, REGION, Recording, anywhere, build, refused

ELSEWHERE = "us-east1"
PLAN, RESTORE, GRANT = "BackupPlan copies", "RestorePlan copies", "CryptoKeyIAMMember copies"


def args(project: Project, **more: Any) -> ClusterBackupArgs:
    plain: dict[str, Any] = {
        "cluster": "projects/aurora-prod/locations/southamerica-east1/clusters/cloud",
        "region": REGION,
        "location": ELSEWHERE,
        "key": "key",
        "classification": Classification.DEIDENTIFIED,
        "kept_days": 35,
        "locked_days": 14,
    }
    return ClusterBackupArgs(project=project, **{**plain, **more})


def program(project: Project) -> None:
    keys = {"copies": Key(location=ELSEWHERE, agent=project.agent(Api.GKE_BACKUP))}
    ids = Keys("keys", KeysArgs(project=project, keys=keys)).ids
    cluster = Autopilot("cloud", autopilot(project))
    full = args(project, cluster=cluster.id, key=ids["copies"], labels=LABELS)
    ClusterBackup("copies", full, ResourceOptions(protect=True))


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


@pytest.fixture(scope="module")
def deployed() -> Recording:
    return build(program, preview=False)


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        (PLAN, "name", None),
        (PLAN, "project", PROJECT),
        (PLAN, "location", ELSEWHERE),
        (PLAN, "backupSchedule.cronSchedule", "17 5 * * *"),
        (PLAN, "retentionPolicy.backupRetainDays", 35),
        (PLAN, "retentionPolicy.backupDeleteLockDays", 14),
        (PLAN, "backupConfig.allNamespaces", True),
        (PLAN, "backupConfig.includeSecrets", True),
        (PLAN, "backupConfig.includeVolumeData", True),
        (PLAN, "backupConfig.permissiveMode", False),
        (PLAN, "labels", {"owner": "platform", "data-classification": "deidentified"}),
        (RESTORE, "name", None),
        (RESTORE, "project", PROJECT),
        (RESTORE, "location", REGION),
        (RESTORE, "restoreConfig.allNamespaces", True),
        (RESTORE, "restoreConfig.namespacedResourceRestoreMode", "FAIL_ON_CONFLICT"),
        (RESTORE, "restoreConfig.clusterResourceRestoreScope", {"allGroupKinds": True}),
        (RESTORE, "restoreConfig.clusterResourceConflictPolicy", "USE_EXISTING_VERSION"),
        (RESTORE, "restoreConfig.volumeDataRestorePolicy", "RESTORE_VOLUME_DATA_FROM_BACKUP"),
        (RESTORE, "labels", {"owner": "platform", "data-classification": "deidentified"}),
        (GRANT, "role", "roles/cloudkms.cryptoKeyEncrypterDecrypter"),
        (
            GRANT,
            "member",
            "serviceAccount:service-418273645091@container-engine-robot.iam.gserviceaccount.com",
        ),
    ],
)
def test_everything_is_copied_locked_and_brought_back_without_overwriting(
    recording: Recording, address: str, path: str, expected: object
) -> None:
    assert recording.at(address, path) == expected


@pytest.mark.parametrize(
    ("address", "path", "part"),
    [
        (PLAN, "cluster", "cloud"),
        (PLAN, "backupConfig.encryptionKey.gcpKmsEncryptionKey", "keys-copies"),
        (RESTORE, "cluster", "cloud"),
        (RESTORE, "backupPlan", "copies"),
        (GRANT, "cryptoKeyId", "keys-copies"),
    ],
)
def test_cluster_key_and_plan_are_in_their_places(
    deployed: Recording, address: str, path: str, part: str
) -> None:
    assert part in str(deployed.at(address, path))


def test_a_plan_waits_for_the_cluster_and_for_both_users_of_its_key(recording: Recording) -> None:
    assert recording.waits(PLAN) == {
        *("Service apis-gkebackup", "Cluster cloud", GRANT),
        *("CryptoKey keys-copies", "CryptoKeyIAMMember keys-copies"),
    }
    assert recording.waits(RESTORE) == {"Service apis-gkebackup", "Cluster cloud", PLAN}
    assert recording.waits(GRANT) == {
        *("Service apis-container", "CryptoKey keys-copies", "CryptoKeyIAMMember keys-copies")
    }


def test_copies_outlive_the_stack_and_stay_readable(recording: Recording) -> None:
    assert recording.resource(PLAN).retain_on_delete
    assert recording.resource(GRANT).retain_on_delete
    assert recording.resource(PLAN).protect
    assert not recording.resource(RESTORE).retain_on_delete
    assert not recording.resource(RESTORE).protect


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"locked_days": 0}, "copies locked for 0 days: write 1 to 90"),
        ({"locked_days": 91, "kept_days": 91}, "copies locked for 91 days: write 1 to 90"),
        (
            {"kept_days": 13},
            "copies kept for 13 days but locked for 14: keep them at least as long",
        ),
        ({"kept_days": 361}, "copies kept for 361 days: write at most 360"),
        ({"location": "us"}, "copies in 'us', which is not a region: write one, as in us-central1"),
        (
            {"region": "us-east1-b"},
            "cluster in 'us-east1-b', which is not a region: write one, as in us-central1",
        ),
        ({"schedule": "@daily"}, "schedule '@daily': write five fields of cron, as in '17 5 * * *'"),
        (
            {"labels": {"data-classification": "public"}},
            (
                "the label data-classification='public' contradicts the classification 'deidentified': "
                "leave the label out"
            ),
        ),
    ],
)
def test_copies_that_could_vanish_are_refused(more: dict[str, Any], message: str) -> None:
    with refused(message):
        args(anywhere(), **more)


@pytest.mark.parametrize("days", [{"locked_days": 1, "kept_days": 1}, {"locked_days": 90, "kept_days": 360}])
def test_the_limits_themselves_are_accepted(days: dict[str, Any]) -> None:
    assert args(anywhere(), **days).location == ELSEWHERE
