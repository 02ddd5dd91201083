"""Access to the backups' bucket for what speaks S3 only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import serviceaccount, storage

from components.base import Component, after
from components.cloud.access.folders import check_folders, within
from components.cloud.access.identity import ID
from components.cloud.project import Api, Project

ENDPOINT: Final = "https://storage.googleapis.com"
"""Where Cloud Storage answers to the S3 protocol
(https://cloud.google.com/storage/docs/interoperability)."""

OBJECTS: Final = "roles/storage.objectUser"
ROLES: Final = (OBJECTS, "roles/storage.bucketViewer")
"""To write, list, read and delete backups; and to see that the bucket is there, which S3 clients ask first
(``HEAD``, https://cloud.google.com/storage/docs/access-control/iam-xml) and the first role does not allow."""

EDITION: Final = re.compile(r"[a-z0-9][-a-z0-9]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class BackupAccessArgs:
    """Whose backups, and where they go."""

    project: Project
    account_id: str
    """The part of the e-mail address before the @, as in ``recife-backups``."""
    bucket: Input[str]
    """The backups' bucket by name, known once it exists (``Bucket.name``)."""
    folders: Sequence[str]
    """Its own in that bucket: objects in others it neither reads nor deletes."""
    edition: str = "1"
    """Another text, as in ``2``, whenever the key is to be another."""

    def __post_init__(self) -> None:
        if not ID.fullmatch(self.account_id):
            raise ValueError(
                f"account_id {self.account_id!r} is not one that Google takes: write 6 to 30 lower case "
                "letters, digits and dashes, a letter first and no dash last"
            )
        check_folders(self.folders)
        if not self.folders:
            raise ValueError(f"{self.account_id} could write nowhere: name its folders in the bucket")
        if not EDITION.fullmatch(self.edition):
            raise ValueError(
                f"edition {self.edition!r} names no key: write lower case letters and digits, as in 2"
            )


class BackupAccess(Component, token="gcp:BackupAccess"):
    """An account for one site's backups, with an HMAC key, on its folders of one bucket and nothing else.

    No account of the platform has a key but this one: k3s' snapshots of etcd and Longhorn's backups speak S3,
    whose requests are signed with a secret that both ends know, so that ``Federation`` cannot serve them. It
    opens Cloud Storage only: nobody gets a token with it, calls another API or acts as somebody else, as he
    could with a service account's own key. What it reaches was encrypted before it was sent (volumes by LUKS,
    Secrets inside etcd by k3s), and for weeks the bucket gives back what was deleted or overwritten.

    To rotate, every ninety days at the latest: write another ``edition`` and deploy. The new key is made
    first, whoever uses it gets it, and the old one is switched off and deleted at the end of the same
    deployment.
    """

    access_key: Output[str]
    """The key's id, known once it opens the bucket; not a secret, but of no use to anybody else."""
    secret_key: Output[str]
    """The key itself, secret, likewise."""
    email: Output[str]
    """The account's address."""
    member: Output[str]
    """The account as IAM writes it, known once it has its roles."""

    def __init__(self, name: str, args: BackupAccessArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        account = serviceaccount.Account(
            name,
            project=args.project.on(Api.IAM),
            account_id=args.account_id,
            display_name=f"Backups by S3, {args.account_id}",
            opts=self.child(),
        )
        granted = [
            storage.BucketIAMMember(
                f"{name}-{role.rpartition('.')[2]}",
                bucket=args.bucket,
                role=role,
                member=account.member,
                condition=within(args.bucket, args.folders) if role == OBJECTS else None,
                opts=self.child(protect=False),  # taking a grant away must stay possible
            ).id
            for role in ROLES
        ]
        key = storage.HmacKey(
            f"{name}-{args.edition}",
            project=args.project.on(Api.STORAGE),
            service_account_email=account.email,
            state="ACTIVE",
            opts=self.child(protect=False),  # and so must replacing the key
        )
        self.access_key = after(key.access_id, *granted)
        self.secret_key = Output.secret(after(key.secret, *granted))
        self.email = account.email
        self.member = after(account.member, *granted)
        self.seal()
