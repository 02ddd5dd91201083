"""Buckets."""

from typing import Any

import pytest

from components.classification import Classification
from components.cloud.project import Api, Project
from components.cloud.secrets.keys import Key, Keys, KeysArgs
from components.cloud.storage.bucket import Bucket, BucketArgs
from components.cloud.storage.retention import Retention, StorageClass
from tests.components.cloud.recorded import LABELS, REGION, Recording, anywhere, build, refused

VIEWER = "roles/storage.objectViewer"
YES: Any = True
READERS = {VIEWER: {"auditors": "group:auditors@aurora.example", "archive": "group:archive@aurora.example"}}


def args(project: Project, name: str = "aurora-images", **more: Any) -> BucketArgs:
    plain: dict[str, Any] = {"location": REGION, "classification": Classification.PATIENT, "key": "key"}
    return BucketArgs(project=project, name=name, **{**plain, **more})


def program(project: Project) -> None:
    agent = project.agent(Api.STORAGE)
    keys = {use: Key(location=REGION, agent=agent) for use in ("images", "documents")}
    ids = Keys("keys", KeysArgs(project=project, keys=keys)).ids
    Bucket("images", args(project, key=ids["images"], labels=LABELS, grants=READERS))
    retention = Retention(days=7300, lock="aurora-documents")
    moves = {StorageClass.ARCHIVE: 400, StorageClass.COLDLINE: 180, StorageClass.NEARLINE: 90}
    kept = args(project, "aurora-documents", hold=True, retention=retention, transitions=moves)
    Bucket("documents", kept)
    Bucket("looking", args(project, "aurora-looking", retention=Retention(days=1)))


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        ("Bucket images", "name", "aurora-images"),
        ("Bucket images", "location", "SOUTHAMERICA-EAST1"),
        ("Bucket images", "uniformBucketLevelAccess", True),
        ("Bucket images", "publicAccessPrevention", "enforced"),
        ("Bucket images", "forceDestroy", False),
        ("Bucket images", "versioning.enabled", True),
        ("Bucket images", "softDeletePolicy.retentionDurationSeconds", 30 * 86400),
        ("Bucket images", "defaultEventBasedHold", False),
        ("Bucket images", "retentionPolicy", None),
        ("Bucket images", "labels", {"owner": "platform", "data-classification": "patient"}),
        ("Bucket images", "lifecycleRules.0.action.type", "Delete"),
        ("Bucket images", "lifecycleRules.0.condition.daysSinceNoncurrentTime", 90),
        ("Bucket images", "lifecycleRules.0.condition.withState", "ARCHIVED"),
        ("Bucket images", "lifecycleRules.1.action.type", "AbortIncompleteMultipartUpload"),
        ("Bucket images", "lifecycleRules.1.condition", {"age": 7, "withState": "ANY"}),
        ("Bucket documents", "encryption.defaultKmsKeyName", "key"),
        ("Bucket documents", "versioning.enabled", False),
        ("Bucket documents", "defaultEventBasedHold", True),
        ("Bucket documents", "retentionPolicy.retentionPeriod", str(7300 * 86400)),
        ("Bucket documents", "retentionPolicy.isLocked", True),
        ("Bucket documents", "lifecycleRules.2.action.storageClass", "NEARLINE"),
        ("Bucket documents", "lifecycleRules.2.condition", {"age": 90, "withState": "ANY"}),
        ("Bucket documents", "lifecycleRules.3.action.storageClass", "COLDLINE"),
        ("Bucket documents", "lifecycleRules.4.action.type", "SetStorageClass"),
        ("Bucket documents", "lifecycleRules.4.action.storageClass", "ARCHIVE"),
        ("Bucket looking", "retentionPolicy.isLocked", False),
        ("BucketIAMMember images-storage.objectViewer-auditors", "role", VIEWER),
        ("BucketIAMMember images-storage.objectViewer-auditors", "member", "group:auditors@aurora.example"),
        ("BucketIAMMember images-storage.objectViewer-auditors", "bucket", "aurora-images"),
    ],
)
def test_a_bucket_is_private_encrypted_and_forgiving(
    recording: Recording, address: str, path: str, expected: object
) -> None:
    assert recording.at(address, path) == expected


def test_nothing_live_is_ever_deleted_by_a_rule(recording: Recording) -> None:
    rules = recording.at("Bucket documents", "lifecycleRules")
    assert isinstance(rules, list)
    deleting = [rule["condition"]["withState"] for rule in rules if rule["action"]["type"] == "Delete"]
    assert deleting == ["ARCHIVED"]


def test_a_bucket_waits_for_the_storage_api_and_for_its_own_key_and_grant_only(recording: Recording) -> None:
    assert recording.waits("Bucket images") == {
        "Service apis-storage",
        "CryptoKey keys-images",
        "CryptoKeyIAMMember keys-images",
    }
    assert recording.waits("Bucket documents") == {"Service apis-storage"}


def test_the_labels_of_the_four_classes_stay_as_the_auditors_know_them() -> None:
    assert [*map(str, Classification)] == ["public", "internal", "deidentified", "patient"]


def test_a_bucket_is_told_by_name_and_address(recording: Recording) -> None:
    told = {"name": "aurora-looking", "url": "gs://aurora-looking"}
    assert recording.component("looking").outputs == told


def test_a_grant_is_named_by_its_key_and_waits_for_its_bucket(recording: Recording) -> None:
    assert recording.addresses("BucketIAMMember") == [
        "images-storage.objectViewer-archive",
        "images-storage.objectViewer-auditors",
    ]
    assert recording.waits("BucketIAMMember images-storage.objectViewer-archive") == {"Bucket images"}


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"soft_delete_days": 0}, "soft delete of 0 days: write 7 to 90"),
        ({"soft_delete_days": 6}, "soft delete of 6 days: write 7 to 90"),
        ({"soft_delete_days": 91}, "soft delete of 91 days: write 7 to 90"),
        ({"superseded_days": 0}, "bucket aurora-images: superseded_days is 0: write at least 1"),
        (
            {"retention": Retention(days=7300, lock="yes")},
            (
                "bucket aurora-images: retention would be locked for 7300 days and can never be unlocked; "
                "if that is meant, write lock='aurora-images', not 'yes'"
            ),
        ),
        (
            {"retention": Retention(days=7300, lock=YES)},
            (
                "bucket aurora-images: retention would be locked for 7300 days and can never be unlocked; "
                "if that is meant, write lock='aurora-images', not True"
            ),
        ),
        *(
            (
                {"classification": given},
                (
                    f"data without a classification ({given!r}): write Classification.PUBLIC, .INTERNAL, "
                    ".DEIDENTIFIED or .PATIENT"
                ),
            )
            for given in (None, "patient")
        ),
        (
            {"transitions": {StorageClass.NEARLINE: 90, StorageClass.ARCHIVE: 30}},
            (
                "storage classes in the wrong order (NEARLINE after 90, ARCHIVE after 30): "
                "give each a later day than the one before"
            ),
        ),
        (
            {"labels": {"data-classification": "public"}},
            (
                "the label data-classification='public' contradicts the classification 'patient': "
                "leave the label out"
            ),
        ),
        (
            {"grants": {VIEWER: {"all": "allUsers"}}},
            "allUsers is everybody: nothing on this platform is public, name a group or an account",
        ),
        (
            {"grants": {VIEWER: {"all": "allAuthenticatedUsers"}}},
            (
                "allAuthenticatedUsers is everybody: "
                "nothing on this platform is public, name a group or an account"
            ),
        ),
        (
            {"grants": {VIEWER: {"owners": "projectOwner:aurora-prod"}}},
            (
                "'projectOwner:aurora-prod' cannot be granted to: "
                "write one of serviceAccount:, group:, principal:, principalSet: and the name"
            ),
        ),
        (
            {"grants": {"roles/editor": {"team": "group:team@aurora.example"}}},
            "roles/editor is a basic role and opens every service: name a predefined or custom role",
        ),
        (
            {"grants": {"roles/storage.legacyBucketReader": {"team": "group:team@aurora.example"}}},
            (
                "roles/storage.legacyBucketReader belongs to object lists: "
                "use roles/storage.object* or roles/storage.bucketViewer"
            ),
        ),
        (
            {"grants": {"objectViewer": {"team": "group:team@aurora.example"}}},
            "'objectViewer' is not a role: write it whole, as in roles/storage.objectViewer",
        ),
    ],
)
def test_a_bucket_that_would_lose_or_leak_data_is_refused(more: dict[str, Any], message: str) -> None:
    with refused(message):
        args(anywhere(), **more)


@pytest.mark.parametrize(
    "more",
    [
        {"soft_delete_days": 7, "superseded_days": 1},
        {"soft_delete_days": 90, "transitions": {StorageClass.NEARLINE: 1}},
        {"retention": Retention(days=1)},
        {"retention": Retention(days=36500, lock="aurora-images")},
        {"labels": {"data-classification": "patient"}},
        {"grants": {"projects/aurora-prod/roles/eraser": {"job": "principal://iam.googleapis.com/job"}}},
        {"grants": {"organizations/1/roles/reader": {"team": "principalSet://iam.googleapis.com/team"}}},
    ],
)
def test_the_limits_themselves_are_accepted(more: dict[str, Any]) -> None:
    assert args(anywhere(), **more).name == "aurora-images"


def test_a_bucket_without_a_classification_cannot_be_written() -> None:
    given = args(anywhere())
    rest = {name: getattr(given, name) for name in BucketArgs.__slots__ if name != "classification"}
    with pytest.raises(TypeError, match="classification"):
        BucketArgs(**rest)


@pytest.mark.parametrize("days", [0, 36501])
def test_a_retention_that_google_does_not_take_is_refused(days: int) -> None:
    with refused(f"retention of {days} days: write 1 to 36500"):
        Retention(days=days)
