"""Accounts for programs."""

import pytest

from components.cloud.access.identity import Identity, IdentityArgs
from components.cloud.project import Project
from tests.components.cloud.recorded import PROJECT, Recording, anywhere, build, refused


def program(project: Project) -> None:
    roles = ["roles/logging.logWriter", "projects/aurora-prod/roles/eraser"]
    args = IdentityArgs(project=project, account_id="purge-job", display_name="Purges records", roles=roles)
    Identity("purge", args)


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        ("Account purge", "accountId", "purge-job"),
        ("Account purge", "displayName", "Purges records"),
        ("Account purge", "project", PROJECT),
        ("IAMMember purge-logging.logWriter", "role", "roles/logging.logWriter"),
        ("IAMMember purge-logging.logWriter", "project", PROJECT),
        ("IAMMember purge-eraser", "role", "projects/aurora-prod/roles/eraser"),
    ],
)
def test_an_account_gets_the_roles_it_was_given(
    recording: Recording, address: str, path: str, expected: object
) -> None:
    assert recording.at(address, path) == expected


def test_an_account_has_no_key_and_no_other_role(recording: Recording) -> None:
    assert recording.addresses("IAMMember") == ["purge-eraser", "purge-logging.logWriter"]
    assert recording.addresses("Key") == []


def test_account_and_roles_wait_for_their_own_apis(recording: Recording) -> None:
    assert recording.waits("Account purge") == {"Service apis-iam"}
    assert recording.waits("IAMMember purge-eraser") == {
        "Service apis-cloudresourcemanager",
        "Account purge",
    }


@pytest.mark.parametrize("role", ["roles/owner", "roles/editor", "roles/viewer", "roles/browser"])
def test_basic_roles_are_refused(role: str) -> None:
    with refused(f"{role} is a basic role and opens every service: name a predefined or custom role"):
        IdentityArgs(project=anywhere(), account_id="purge-job", display_name="Purges", roles=[role])


@pytest.mark.parametrize("account_id", ["short", "Purge-job", "purge-", "1purge", "a" * 31])
def test_an_id_that_google_does_not_take_is_refused(account_id: str) -> None:
    with refused(
        f"account_id {account_id!r} is not one that Google takes: write 6 to 30 lower case letters, "
        "digits and dashes, a letter first and no dash last"
    ):
        IdentityArgs(project=anywhere(), account_id=account_id, display_name="Purges")
