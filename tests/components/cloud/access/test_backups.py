"""Access to backups by S3."""

import pytest

from components.cloud.access.backups import BackupAccess, BackupAccessArgs
from components.cloud.project import Project
from tests.components.cloud.recorded import PROJECT, Recording, anywhere, build, refused


def program(project: Project) -> None:
    args = BackupAccessArgs(
        project=project, account_id="recife-backups", bucket="aurora-backups", folders=["k3s/recife"]
    )
    BackupAccess("recife-backups", args)


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


def test_an_account_for_each_site_has_one_key_for_cloud_storage_only(recording: Recording) -> None:
    assert recording.at("Account recife-backups", "accountId") == "recife-backups"
    assert recording.at("Account recife-backups", "project") == PROJECT
    assert recording.addresses("HmacKey") == ["recife-backups-1"]
    assert recording.at("HmacKey recife-backups-1", "state") == "ACTIVE"
    assert recording.addresses("Key") == []


def test_it_opens_the_one_bucket_and_nothing_else(recording: Recording) -> None:
    grants = {
        recording.at(f"BucketIAMMember {each}", "role"): recording.at(f"BucketIAMMember {each}", "bucket")
        for each in recording.addresses("BucketIAMMember")
    }
    assert grants == {
        "roles/storage.objectUser": "aurora-backups",
        "roles/storage.bucketViewer": "aurora-backups",
    }
    assert recording.addresses("IAMMember") == []


def test_the_key_is_secret() -> None:
    made = build(program, preview=False)
    assert made.component("recife-backups").outputs is not None
    secret = made.component("recife-backups").outputs["secret_key"]  # ty: ignore[not-subscriptable] -- as asserted
    assert type(secret).__name__ == "Secret"


def test_another_edition_is_another_key_and_the_old_one_goes_last(recording: Recording) -> None:
    def newer(project: Project) -> None:
        args = BackupAccessArgs(
            project=project,
            account_id="recife-backups",
            bucket="aurora-backups",
            folders=["k3s/recife"],
            edition="2",
        )
        BackupAccess("recife-backups", args)

    made = build(newer)
    assert made.addresses("HmacKey") == ["recife-backups-2"], (
        "another name: the engine makes it, then deletes"
    )
    assert made.addresses("Account") == recording.addresses("Account")
    assert not made.resource("HmacKey recife-backups-2").protect


@pytest.mark.parametrize("edition", ["", "2027.1", "A", "-1"])
def test_an_edition_that_names_nothing_is_refused(edition: str) -> None:
    with refused(f"edition {edition!r} names no key: write lower case letters and digits, as in 2"):
        BackupAccessArgs(
            project=anywhere(),
            account_id="recife-backups",
            bucket="b",
            folders=["k3s/recife"],
            edition=edition,
        )


def test_an_account_that_google_does_not_take_is_refused() -> None:
    with pytest.raises(ValueError, match="is not one that Google takes"):
        BackupAccessArgs(project=anywhere(), account_id="Recife", bucket="b", folders=["k3s/recife"])


def test_it_neither_reads_nor_deletes_what_another_site_wrote() -> None:
    made = build(program, preview=False)
    told = made.at("BucketIAMMember recife-backups-objectUser", "condition.expression")
    assert 'startsWith("projects/_/buckets/aurora-backups/objects/k3s/recife/")' in str(told)
    with refused("recife-backups could write nowhere: name its folders in the bucket"):
        BackupAccessArgs(project=anywhere(), account_id="recife-backups", bucket="b", folders=[])
