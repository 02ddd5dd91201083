"""Who may use a bucket, where that is known only after the bucket is made."""

from collections.abc import Sequence
from dataclasses import dataclass

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import storage

from components.base import Component, after
from components.cloud.access.folders import check_folders, within
from components.cloud.access.grants import Grants, check
from components.cloud.access.members import every


@dataclass(frozen=True, kw_only=True, slots=True)
class BucketAccessArgs:
    """The bucket, and what is granted on it."""

    bucket: Input[str]
    """Its name, known once it exists (``Bucket.name``)."""
    grants: Grants
    folders: Sequence[str] = ()
    """To which grants on objects are confined; the whole bucket when empty."""

    def __post_init__(self) -> None:
        check(self.grants)
        check_folders(self.folders)
        if not self.grants:
            raise ValueError("access to a bucket for nobody: name a role and its members, or leave it out")


class BucketAccess(Component, token="gcp:BucketAccess"):
    """Grants on one bucket, beside those that it was made with, for members that exist only later."""

    bucket: Output[str]
    """The bucket's name, known once everyone who is granted access has it."""

    def __init__(self, name: str, args: BucketAccessArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        granted = [
            storage.BucketIAMMember(
                f"{name}-{each.key}",
                bucket=args.bucket,
                role=each.role,
                member=each.member,
                condition=within(args.bucket, args.folders) if _confined(args, each.role) else None,
                opts=self.child(protect=False),  # taking a grant away must stay possible
            ).id
            for each in every(args.grants)
        ]
        self.bucket = after(args.bucket, *granted)
        self.seal()


def _confined(args: BucketAccessArgs, role: str) -> bool:
    return bool(args.folders) and role.startswith("roles/storage.object")
