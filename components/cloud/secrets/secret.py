"""Places for secrets, which the program makes but never fills or reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import secretmanager

from components.base import Component, after
from components.classification import Classification, classified
from components.cloud.access.grants import Grants, check
from components.cloud.access.members import every
from components.cloud.project import Api, Project
from components.cloud.regions import check_region
from components.cloud.times import check_zone, zulu

LONGEST: Final = 90
"""Days; as for keys."""

REGRET: Final = f"{7 * 86400}s"
"""Seven days in which the order to destroy a version can be taken back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rotation:
    """When a new value is due."""

    first: datetime
    """The first time, with its time zone. It must lie ahead when the secret is made, or Google refuses it;
    afterwards Google itself moves it on, and what stands here has no effect."""
    days: int = LONGEST

    def __post_init__(self) -> None:
        check_zone("first rotation", self.first)
        if not 1 <= self.days <= LONGEST:
            raise ValueError(f"rotation every {self.days} days: write 1 to {LONGEST}")

    def written(self) -> secretmanager.SecretRotationArgsDict:
        """As the provider takes it; Google refuses either time without the other."""
        return {
            "next_rotation_time": zulu(self.first),
            "rotation_period": f"{self.days * 86400}s",
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class SecretArgs:
    """Where the secret lies, under which keys, when it is replaced, and who may read it."""

    project: Project
    name: str
    """Unique in the project, and part of every reference to the secret: it never changes."""
    classification: Classification
    """Of what the secret opens."""
    keys: Mapping[str, Input[str]]
    """By region in which the secret lies: id of the key that it is encrypted with there, known once Secret
    Manager may use it (``Keys.ids``). The regions of a secret never change."""
    rotation: Rotation
    topic: Input[str]
    """Where Secret Manager says that a new value is due; known once it may publish there (``Topic.id``)."""
    grants: Grants = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    deletion_protection: bool = True

    def __post_init__(self) -> None:
        check(self.grants)
        classified(self.labels, self.classification)
        if not self.keys:
            raise ValueError(f"secret {self.name} lies nowhere: name at least one region and its key")
        for region in self.keys:
            check_region(f"secret {self.name}", region)
        if not self.rotation:
            raise ValueError(
                f"secret {self.name} would be used for ever: write when it is replaced first, as in "
                "rotation=Rotation(first=datetime(..., tzinfo=UTC))"
            )


class Secret(Component, token="gcp:Secret"):
    """A secret in named regions, encrypted with our own keys, whose replacement is asked for on time.

    It holds no version: whoever makes the value puts it there, so that it never passes through this program
    or its state. Rotation here is the announcement only; a listener on the topic makes the new value.
    """

    id: Output[str]
    """``projects/<project>/secrets/<name>``, known once everyone who is granted access has it."""
    name: Output[str]
    """The secret's name, likewise."""

    def __init__(self, name: str, args: SecretArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        project = args.project.on(Api.SECRETS)
        secret = secretmanager.Secret(
            name,
            project=project,
            secret_id=args.name,
            replication={"user_managed": {"replicas": replicas(args.keys)}},
            rotation=args.rotation.written(),
            topics=[{"name": args.topic}],
            version_destroy_ttl=REGRET,
            labels=classified(args.labels, args.classification),
            deletion_protection=args.deletion_protection,
            opts=self.child(ignore_changes=["rotation.nextRotationTime"]),  # Google moves it on
        )
        granted = [
            secretmanager.SecretIamMember(
                f"{name}-{each.key}",
                project=project,
                secret_id=secret.secret_id,
                role=each.role,
                member=each.member,
                opts=self.child(protect=False),  # taking a grant away must stay possible
            ).id
            for each in every(args.grants)
        ]
        self.id = after(secret.id, *granted)
        self.name = after(secret.secret_id, secret.id, *granted)
        self.seal()


def replicas(
    keys: Mapping[str, Input[str]],
) -> list[secretmanager.SecretReplicationUserManagedReplicaArgsDict]:
    """The places of a secret, each under its own key, as the provider takes them."""
    return [
        {"location": region, "customer_managed_encryption": {"kms_key_name": key}}
        for region, key in sorted(keys.items())
    ]
