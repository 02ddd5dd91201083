"""Topics."""

from typing import Any

import pytest

from components.cloud.project import Api, Project
from components.cloud.secrets.keys import Key, Keys, KeysArgs
from components.cloud.watch.topic import Topic, TopicArgs
from tests.components.cloud.recorded import LABELS, REGION, Recording, anywhere, build, refused

AGENT = "serviceAccount:service-418273645091@gcp-sa-secretmanager.iam.gserviceaccount.com"
GRANT = "TopicIAMMember notices-pubsub.publisher-secrets"


def program(project: Project) -> None:
    keys = {"notices": Key(location=REGION, agent=project.agent(Api.PUBSUB))}
    ids = Keys("keys", KeysArgs(project=project, keys=keys)).ids
    args = TopicArgs(
        project=project,
        regions=["us-east1", REGION],
        key=ids["notices"],
        labels=LABELS,
        grants={"roles/pubsub.publisher": {"secrets": project.agent(Api.SECRETS)}},
    )
    Topic("notices", args)


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        ("Topic notices", "name", None),
        ("Topic notices", "messageRetentionDuration", "604800s"),
        ("Topic notices", "messageStoragePolicy.allowedPersistenceRegions", [REGION, "us-east1"]),
        ("Topic notices", "labels", {"owner": "platform", "data-classification": "internal"}),
        (GRANT, "role", "roles/pubsub.publisher"),
        (GRANT, "member", AGENT),
    ],
)
def test_notices_stay_in_their_regions_for_a_week(
    recording: Recording, address: str, path: str, expected: object
) -> None:
    assert recording.at(address, path) == expected


def test_a_topic_waits_for_its_api_and_its_key_and_a_grant_for_the_account(recording: Recording) -> None:
    assert recording.waits("Topic notices") == {
        *("Service apis-pubsub", "CryptoKey keys-notices", "CryptoKeyIAMMember keys-notices")
    }
    assert recording.waits(GRANT) == {
        *("Service apis-pubsub", "Topic notices", "ServiceIdentity apis-secretmanager")
    }


def test_notices_are_encrypted_with_the_key_that_was_given() -> None:
    assert "keys-notices" in str(build(program, preview=False).at("Topic notices", "kmsKeyName"))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            {"regions": []},
            "a topic without regions would store notices anywhere: name at least one region",
        ),
        ({"regions": ["us"]}, "notices in 'us', which is not a region: write one, as in us-central1"),
        (
            {"grants": {"roles/editor": {"team": "group:team@aurora.example"}}},
            "roles/editor is a basic role and opens every service: name a predefined or custom role",
        ),
        (
            {"labels": {"data-classification": "patient"}},
            (
                "the label data-classification='patient' contradicts the classification 'internal': "
                "leave the label out"
            ),
        ),
    ],
)
def test_a_topic_that_anybody_could_write_to_is_refused(more: dict[str, Any], message: str) -> None:
    plain: dict[str, Any] = {"regions": [REGION], "key": "key"}
    with refused(message):
        TopicArgs(project=anywhere(), **{**plain, **more})
