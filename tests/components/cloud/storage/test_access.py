"""Who may use a bucket that was made before them."""

import pytest

from components.cloud.storage.access import BucketAccess, BucketAccessArgs
from tests.components.cloud.recorded import recorded, refused

ROLE = "roles/storage.objectUser"
POD = "principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/recife/subject/pod"


def test_each_grant_is_on_that_bucket_alone_and_can_be_taken_away() -> None:
    args = BucketAccessArgs(bucket="example-backups", grants={ROLE: {"database": POD}})
    recording = recorded(lambda: BucketAccess("archive", args))
    (name,) = recording.addresses("BucketIAMMember")
    grant = recording.resource(f"BucketIAMMember {name}")
    assert grant.inputs == {"bucket": "example-backups", "member": POD, "role": ROLE}
    assert not grant.protect


def test_access_for_nobody_and_for_everybody_is_refused() -> None:
    with refused("access to a bucket for nobody: name a role and its members, or leave it out"):
        BucketAccessArgs(bucket="b", grants={})
    with pytest.raises(ValueError, match="everybody"):
        BucketAccessArgs(bucket="b", grants={ROLE: {"all": "allUsers"}})


def test_where_several_share_a_bucket_each_has_its_folders() -> None:
    grants = {ROLE: {"database": POD}, "roles/storage.bucketViewer": {"database": POD}}
    args = BucketAccessArgs(bucket="example-backups", grants=grants, folders=["postgres/recife"])
    recording = recorded(lambda: BucketAccess("archive", args), preview=False)
    assert recording.at("BucketIAMMember archive-storage.objectUser-database", "condition.expression") == (
        'resource.type != "storage.googleapis.com/Object" || '
        'resource.name.startsWith("projects/_/buckets/example-backups/objects/postgres/recife/")'
    )
    viewer = recording.resource("BucketIAMMember archive-storage.bucketViewer-database")
    assert "condition" not in viewer.inputs


@pytest.mark.parametrize("folder", ["", "/postgres", "postgres/", 'a") || ("', "Postgres"])
def test_a_folder_that_would_say_more_than_itself_is_refused(folder: str) -> None:
    with pytest.raises(ValueError, match="without slashes at its ends"):
        BucketAccessArgs(bucket="b", grants={ROLE: {"database": POD}}, folders=[folder])
