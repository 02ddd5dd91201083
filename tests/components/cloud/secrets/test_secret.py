"""Secrets."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from pulumi import ResourceOptions

from components.classification import Classification
from components.cloud.project import Api, Project
from components.cloud.secrets.keys import Key, Keys, KeysArgs
from components.cloud.secrets.secret import Rotation, Secret, SecretArgs
from components.cloud.watch.topic import Topic, TopicArgs
from tests.components.cloud.recorded import LABELS, PROJECT, REGION, Recording, anywhere, build, refused

ACCESSOR = "roles/secretmanager.secretAccessor"
ACCESS = f"SecretIamMember password-{ACCESSOR.removeprefix('roles/')}-rotator"
FIRST = datetime(2027, 6, 1, 3, 30, tzinfo=timezone(timedelta(hours=-3)))
ELSEWHERE = "southamerica-west1"


def args(project: Project, **more: Any) -> SecretArgs:
    plain: dict[str, Any] = {
        "name": "records-password",
        "classification": Classification.PATIENT,
        "keys": {REGION: "key"},
        "rotation": Rotation(first=FIRST),
        "topic": "projects/aurora-prod/topics/due",
    }
    return SecretArgs(project=project, **{**plain, **more})


def program(project: Project) -> None:
    secrets = project.agent(Api.SECRETS)
    keys = {"here": Key(location=REGION, agent=secrets), "there": Key(location=ELSEWHERE, agent=secrets)}
    ids = Keys("keys", KeysArgs(project=project, keys=keys)).ids
    publisher = {"roles/pubsub.publisher": {"secrets": secrets}}
    topic = Topic("due", TopicArgs(project=project, regions=[REGION], key="key", grants=publisher))
    grants = {ACCESSOR: {"rotator": "serviceAccount:rotator@aurora-prod.iam.gserviceaccount.com"}}
    full = args(
        project,
        keys={ELSEWHERE: ids["there"], REGION: ids["here"]},
        topic=topic.id,
        grants=grants,
        labels=LABELS,
    )
    Secret("password", full, ResourceOptions(protect=True))
    Secret("weekly", args(project, rotation=Rotation(first=FIRST, days=7), deletion_protection=False))


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


@pytest.fixture(scope="module")
def deployed() -> Recording:
    return build(program, preview=False)


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        ("Secret password", "project", PROJECT),
        ("Secret password", "secretId", "records-password"),
        ("Secret password", "replication.auto", None),
        ("Secret password", "replication.userManaged.replicas.0.location", REGION),
        ("Secret password", "replication.userManaged.replicas.1.location", ELSEWHERE),
        ("Secret password", "rotation.rotationPeriod", "7776000s"),
        ("Secret password", "rotation.nextRotationTime", "2027-06-01T06:30:00Z"),
        ("Secret password", "versionDestroyTtl", "604800s"),
        ("Secret password", "labels", {"owner": "platform", "data-classification": "patient"}),
        ("Secret password", "deletionProtection", True),
        ("Secret weekly", "rotation.rotationPeriod", "604800s"),
        ("Secret weekly", "deletionProtection", False),
        ("Secret weekly", "topics.0.name", "projects/aurora-prod/topics/due"),
        (ACCESS, "role", ACCESSOR),
        (ACCESS, "secretId", "records-password"),
        (ACCESS, "project", PROJECT),
        (ACCESS, "member", "serviceAccount:rotator@aurora-prod.iam.gserviceaccount.com"),
    ],
)
def test_a_secret_stays_in_its_regions_and_is_replaced_on_time(
    recording: Recording, address: str, path: str, expected: object
) -> None:
    assert recording.at(address, path) == expected


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("replication.userManaged.replicas.0.customerManagedEncryption.kmsKeyName", "keys-here"),
        ("replication.userManaged.replicas.1.customerManagedEncryption.kmsKeyName", "keys-there"),
        ("topics.0.name", "due"),
    ],
)
def test_each_region_has_its_key_and_the_topic_is_told(deployed: Recording, path: str, part: str) -> None:
    assert part in str(deployed.at("Secret password", path))


def test_the_program_never_holds_a_value(recording: Recording) -> None:
    assert recording.addresses("SecretVersion") == []


def test_the_time_that_google_moves_on_is_no_change(recording: Recording) -> None:
    assert recording.resource("Secret password").ignore_changes == ("rotation.nextRotationTime",)


def test_a_secret_waits_for_its_keys_and_for_the_topics_publisher_only(recording: Recording) -> None:
    assert recording.waits("Secret password") == {
        "Service apis-secretmanager",
        *("CryptoKey keys-here", "CryptoKeyIAMMember keys-here"),
        *("CryptoKey keys-there", "CryptoKeyIAMMember keys-there"),
        *("Topic due", "TopicIAMMember due-pubsub.publisher-secrets"),
    }
    assert recording.waits(ACCESS) == {"Service apis-secretmanager", "Secret password"}


def test_access_can_be_taken_away_where_the_secret_is_protected(recording: Recording) -> None:
    assert recording.resource("Secret password").protect
    assert not recording.resource(ACCESS).protect


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"keys": {}}, "secret records-password lies nowhere: name at least one region and its key"),
        (
            {"keys": {"global": "key"}},
            "secret records-password in 'global', which is not a region: write one, as in us-central1",
        ),
        (
            {"rotation": None},
            (
                "secret records-password would be used for ever: write when it is replaced first, as in "
                "rotation=Rotation(first=datetime(..., tzinfo=UTC))"
            ),
        ),
        (
            {"grants": {ACCESSOR: {"all": "allUsers"}}},
            "allUsers is everybody: nothing on this platform is public, name a group or an account",
        ),
        (
            {"labels": {"data-classification": "public"}},
            (
                "the label data-classification='public' contradicts the classification 'patient': "
                "leave the label out"
            ),
        ),
    ],
)
def test_a_secret_that_anybody_could_find_is_refused(more: dict[str, Any], message: str) -> None:
    with refused(message):
        args(anywhere(), **more)


@pytest.mark.parametrize("missing", ["rotation", "topic", "keys", "classification"])
def test_a_secret_without_rotation_cannot_be_written(missing: str) -> None:
    given = args(anywhere())
    rest = {name: getattr(given, name) for name in SecretArgs.__slots__ if name != missing}
    with pytest.raises(TypeError, match=missing):
        SecretArgs(**rest)


@pytest.mark.parametrize("days", [0, 91])
def test_a_rotation_too_rare_or_too_often_is_refused(days: int) -> None:
    with refused(f"rotation every {days} days: write 1 to 90"):
        Rotation(first=datetime(2027, 6, 1, tzinfo=UTC), days=days)


def test_a_rotation_every_day_is_accepted() -> None:
    assert Rotation(first=FIRST, days=1).written()["rotation_period"] == "86400s"


def test_a_time_without_a_zone_is_refused() -> None:
    with refused("first rotation at 2027-06-01 00:00:00 says no time zone: write datetime(..., tzinfo=UTC)"):
        Rotation(first=FIRST.replace(hour=0, minute=0, tzinfo=None))
