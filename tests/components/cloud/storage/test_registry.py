"""The image registry."""

from typing import Any

import pytest
from pulumi import ResourceOptions

from components.cloud.project import Api, Project
from components.cloud.secrets.keys import Key, Keys, KeysArgs
from components.cloud.storage.registry import Registry, RegistryArgs, address
from tests.components.cloud.recorded import LABELS, PROJECT, REGION, Recording, anywhere, build, refused

PULL = "RepositoryIamMember images-artifactregistry.reader-nodes"
NODES = "serviceAccount:nodes@aurora-prod.iam.gserviceaccount.com"


def args(project: Project, **more: Any) -> RegistryArgs:
    plain: dict[str, Any] = {"name": "images", "location": REGION, "key": "key"}
    return RegistryArgs(project=project, **{**plain, **more})


def program(project: Project) -> None:
    keys = {"images": Key(location=REGION, agent=project.agent(Api.ARTIFACT_REGISTRY))}
    ids = Keys("keys", KeysArgs(project=project, keys=keys)).ids
    grants = {"roles/artifactregistry.reader": {"nodes": NODES}}
    full = args(project, key=ids["images"], labels=LABELS, grants=grants)
    Registry("images", full, ResourceOptions(protect=True))
    Registry("small", args(project, name="small", kept=1, untagged_days=1))


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        ("Repository images", "project", PROJECT),
        ("Repository images", "repositoryId", "images"),
        ("Repository images", "location", REGION),
        ("Repository images", "format", "DOCKER"),
        ("Repository images", "mode", "STANDARD_REPOSITORY"),
        ("Repository images", "dockerConfig.immutableTags", True),
        ("Repository images", "vulnerabilityScanningConfig.enablementConfig", "INHERITED"),
        ("Repository images", "cleanupPolicyDryRun", False),
        ("Repository images", "labels", {"owner": "platform", "data-classification": "internal"}),
        (
            "Repository images",
            "cleanupPolicies",
            [
                {
                    "id": "delete-untagged",
                    "action": "DELETE",
                    "condition": {"tagState": "UNTAGGED", "olderThan": "2592000s"},
                },
                {"id": "keep-recent", "action": "KEEP", "mostRecentVersions": {"keepCount": 20}},
            ],
        ),
        ("Repository small", "cleanupPolicies.0.condition.olderThan", "86400s"),
        ("Repository small", "cleanupPolicies.1.mostRecentVersions.keepCount", 1),
        (PULL, "role", "roles/artifactregistry.reader"),
        (PULL, "member", NODES),
        (PULL, "project", PROJECT),
        (PULL, "location", REGION),
        (PULL, "repository", "images"),
    ],
)
def test_tags_never_move_and_old_versions_go(
    recording: Recording, address: str, path: str, expected: object
) -> None:
    assert recording.at(address, path) == expected


def test_a_registry_waits_for_its_api_and_its_key_and_access_for_the_registry(recording: Recording) -> None:
    assert recording.waits("Repository images") == {
        *("Service apis-artifactregistry", "CryptoKey keys-images", "CryptoKeyIAMMember keys-images")
    }
    assert recording.waits(PULL) == {"Service apis-artifactregistry", "Repository images"}


def test_access_can_be_taken_away_where_images_are_protected(recording: Recording) -> None:
    assert recording.resource("Repository images").protect
    assert not recording.resource(PULL).protect


def test_images_are_encrypted_with_the_key_that_was_given_and_found_by_their_address() -> None:
    deployed = build(program, preview=False)
    assert "keys-images" in str(deployed.at("Repository images", "kmsKeyName"))
    outputs = deployed.component("images").outputs
    assert outputs is not None
    assert outputs["address"] == f"{REGION}-docker.pkg.dev/aurora-prod/images"
    assert address(anywhere(), REGION, "images") == outputs["address"]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"location": "US"}, "registry images: location 'US'; Artifact Registry writes 'us'"),
        ({"kept": 0}, "registry images keeps 0 versions: write at least 1, for a rollback"),
        (
            {"untagged_days": 0},
            (
                "registry images: untagged_days is 0: write at least 1, "
                "or images would go while they are being pushed"
            ),
        ),
        (
            {"grants": {"roles/artifactregistry.reader": {"all": "allUsers"}}},
            "allUsers is everybody: nothing on this platform is public, name a group or an account",
        ),
        (
            {"labels": {"data-classification": "public"}},
            (
                "the label data-classification='public' contradicts the classification 'internal': "
                "leave the label out"
            ),
        ),
    ],
)
def test_a_registry_that_loses_or_shows_images_is_refused(more: dict[str, Any], message: str) -> None:
    with refused(message):
        args(anywhere(), **more)
