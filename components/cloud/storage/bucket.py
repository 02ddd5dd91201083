"""Where objects lie: documents, images, backups, audit logs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import storage

from components.base import Component, after
from components.classification import Classification, classified
from components.cloud.access.grants import Grants, check
from components.cloud.access.members import every
from components.cloud.project import Api, Project
from components.cloud.storage.retention import (
    DAY,
    Retention,
    StorageClass,
    check_soft_delete,
    check_transitions,
    lifecycle,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class BucketArgs:
    """What lies in the bucket, where, under which key, and for how long."""

    project: Project
    name: str
    """Unique in all of Google Cloud, and part of every object's address: it never changes."""
    location: str
    """A region or multi-region, as in ``southamerica-east1`` or ``US``."""
    classification: Classification
    key: Input[str]
    """Id of the key that objects are encrypted with, known once Cloud Storage may use it (``Keys.ids``)."""
    labels: Mapping[str, str] = field(default_factory=dict)
    grants: Grants = field(default_factory=dict)
    soft_delete_days: int = 30
    """How long a deleted object can be brought back."""
    superseded_days: int = 90
    """How long an overwritten or deleted object stays as a noncurrent version before it is deleted softly."""
    transitions: Mapping[StorageClass, int] = field(default_factory=dict)
    """Days after which an object moves to a cheaper class."""
    hold: bool = False
    """Whether each new object is held until its event: the retention clock then starts at the release, which
    is what "twenty years from the last entry" asks for (Brazilian Law 13.787/2018, art. 6)."""
    retention: Retention | None = None

    def __post_init__(self) -> None:
        check(self.grants)
        classified(self.labels, self.classification)
        check_soft_delete(self.soft_delete_days)
        check_transitions(self.transitions)
        if self.superseded_days < 1:
            raise ValueError(
                f"bucket {self.name}: superseded_days is {self.superseded_days}: write at least 1"
            )
        if self.retention:
            self.retention.check_lock(self.name)


class Bucket(Component, token="gcp:Bucket"):
    """A bucket that is never public, encrypted with our own key, and forgives mistakes for weeks.

    Objects have no access lists of their own. A deleted bucket that still holds objects is refused, whatever
    the stack says. Versions are kept unless a retention policy is: Google has long refused both together, and
    under a policy nothing can be overwritten anyway.
    """

    name: Output[str]
    """The bucket's name, known once everyone who is granted access has it."""
    url: Output[str]
    """``gs://<name>``, likewise."""

    def __init__(self, name: str, args: BucketArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        bucket = storage.Bucket(
            name,
            project=args.project.on(Api.STORAGE),
            name=args.name,
            location=args.location.upper(),  # Google answers in capitals
            labels=classified(args.labels, args.classification),
            uniform_bucket_level_access=True,
            public_access_prevention="enforced",
            force_destroy=False,
            versioning={"enabled": args.retention is None},
            soft_delete_policy={"retention_duration_seconds": args.soft_delete_days * DAY},
            encryption={"default_kms_key_name": args.key},
            default_event_based_hold=args.hold,
            retention_policy=_policy(args.retention) if args.retention else None,
            lifecycle_rules=lifecycle(args.superseded_days, args.transitions),
            opts=self.child(),
        )
        granted = self._grant(name, bucket, args.grants)
        self.name = after(bucket.name, *granted)
        self.url = after(Output.concat("gs://", bucket.name), *granted)
        self.seal()

    def _grant(self, name: str, bucket: storage.Bucket, grants: Grants) -> Sequence[Output[str]]:
        return [
            storage.BucketIAMMember(
                f"{name}-{each.key}",
                bucket=bucket.name,
                role=each.role,
                member=each.member,
                opts=self.child(protect=False),  # taking a grant away must stay possible
            ).id
            for each in every(grants)
        ]


def _policy(retention: Retention) -> storage.BucketRetentionPolicyArgsDict:
    return {"retention_period": str(retention.days * DAY), "is_locked": retention.lock is not None}
