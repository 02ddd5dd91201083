"""Encryption keys."""

from collections.abc import Callable

import pytest

from components.cloud.project import Api, Project
from components.cloud.secrets.keys import Key, Keys, KeysArgs, Protection
from tests.components.cloud.recorded import LABELS, REGION, STORAGE_AGENT, Recording, anywhere, build, refused


def program(project: Project) -> None:
    agent = project.agent(Api.STORAGE)
    keys = {
        "documents": Key(location=REGION, agent=agent),
        "images": Key(location=REGION, agent=agent),
        "backups": Key(location="us", agent=agent),
    }
    Keys("keys", KeysArgs(project=project, keys=keys, labels=LABELS))
    Keys("hard", KeysArgs(project=project, keys={"images": keys["images"]}, protection=Protection.HSM))


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        ("KeyRing keys-southamerica-east1", "location", REGION),
        ("KeyRing keys-us", "location", "us"),
        ("CryptoKey keys-documents", "purpose", "ENCRYPT_DECRYPT"),
        ("CryptoKey keys-documents", "rotationPeriod", "7776000s"),
        ("CryptoKey keys-documents", "destroyScheduledDuration", "2592000s"),
        ("CryptoKey keys-documents", "versionTemplate.algorithm", "GOOGLE_SYMMETRIC_ENCRYPTION"),
        ("CryptoKey keys-documents", "versionTemplate.protectionLevel", "SOFTWARE"),
        ("CryptoKey keys-documents", "labels", LABELS),
        ("CryptoKey hard-images", "versionTemplate.protectionLevel", "HSM"),
        ("CryptoKeyIAMMember keys-documents", "role", "roles/cloudkms.cryptoKeyEncrypterDecrypter"),
        ("CryptoKeyIAMMember keys-documents", "member", STORAGE_AGENT),
    ],
)
def test_keys_rotate_and_serve_one_account(
    recording: Recording, address: str, path: str, expected: object
) -> None:
    assert recording.at(address, path) == expected


def test_there_is_one_ring_for_each_location_and_one_key_for_each_use(recording: Recording) -> None:
    assert recording.addresses("KeyRing") == ["hard-southamerica-east1", "keys-southamerica-east1", "keys-us"]
    assert recording.addresses("CryptoKey") == [
        "hard-images",
        "keys-backups",
        "keys-documents",
        "keys-images",
    ]
    assert recording.waits("CryptoKey keys-backups") == {"KeyRing keys-us"}
    assert recording.waits("CryptoKey keys-images") == {"KeyRing keys-southamerica-east1"}


@pytest.mark.parametrize(
    "address", ["KeyRing keys-us", "CryptoKey keys-documents", "CryptoKeyIAMMember keys-documents"]
)
def test_what_keeps_data_readable_outlives_the_stack(recording: Recording, address: str) -> None:
    assert recording.resource(address).retain_on_delete


@pytest.mark.parametrize("address", ["KeyRing keys-us", "CryptoKey keys-documents"])
def test_the_next_stack_does_not_meet_names_that_google_never_frees(
    recording: Recording, address: str
) -> None:
    assert recording.at(address, "name") is None


def test_a_ring_waits_for_the_key_api_and_a_grant_for_the_account(recording: Recording) -> None:
    assert recording.waits("KeyRing keys-us") == {"Service apis-cloudkms"}
    assert recording.waits("CryptoKeyIAMMember keys-images") == {
        "CryptoKey keys-images",
        "Service apis-storage",
    }


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            lambda: KeysArgs(project=anywhere(), keys={}),
            "key rings without keys would stay for ever unused: name at least one key",
        ),
        (lambda: Key(location="US", agent=STORAGE_AGENT), "key location 'US': Cloud KMS writes 'us'"),
    ],
)
def test_keys_that_could_not_be_used_are_refused(wrong: Callable[[], object], message: str) -> None:
    with refused(message):
        wrong()
