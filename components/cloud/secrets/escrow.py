"""Copies of keys without which data is lost, for the day on which the original is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import secretmanager

from components.base import Component, after
from components.classification import Classification, classified
from components.cloud.access.grants import Grants, check
from components.cloud.access.members import every
from components.cloud.project import Api, Project
from components.cloud.regions import check_region
from components.cloud.secrets.secret import REGRET, replicas
from components.cloud.secrets.value import SecretValue, SecretValueArgs

LASTING: Final = "prontuario.lasting"
"""The annotation that says why a value is never replaced; a rule asks for it, and auditors read it."""

SHORTEST: Final = 20
"""Letters of a reason that says something."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EscrowArgs:
    """What is kept, what it opens, and why it stays the same for as long as that exists."""

    project: Project
    name: str
    """Unique in the project; it never changes."""
    value: Input[str]
    """It is sent to Secret Manager, and not kept in this component's state."""
    reason: str
    """Why it cannot be replaced."""
    classification: Classification
    """Of what the value opens."""
    keys: Mapping[str, Input[str]]
    """By region: id of the key that the copy is encrypted with there (``Keys.ids``)."""
    edition: str = "1"
    """Another number, as text, if ever the value is another."""
    grants: Grants = field(default_factory=dict)
    """Who may read it; nobody, until the day comes."""
    labels: Mapping[str, str] = field(default_factory=dict)
    deletion_protection: bool = True

    def __post_init__(self) -> None:
        check(self.grants)
        classified(self.labels, self.classification)
        if len(self.reason) < SHORTEST:
            raise ValueError(f"secret {self.name} is never replaced: say why, in {SHORTEST} letters or more")
        if not self.keys:
            raise ValueError(f"secret {self.name} lies nowhere: name at least one region and its key")
        for region in self.keys:
            check_region(f"secret {self.name}", region)


class Escrow(Component, token="gcp:Escrow"):
    """A secret that is kept and never replaced: what it opens would be lost with it.

    It is no place for passwords: those are replaced, and ``Secret`` says when.
    """

    id: Output[str]
    """``projects/<project>/secrets/<name>``, known once the value is there."""

    def __init__(self, name: str, args: EscrowArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        project = args.project.on(Api.SECRETS)
        secret = secretmanager.Secret(
            name,
            project=project,
            secret_id=args.name,
            replication={"user_managed": {"replicas": replicas(args.keys)}},
            annotations={LASTING: args.reason},
            version_destroy_ttl=REGRET,
            labels=classified(args.labels, args.classification),
            deletion_protection=args.deletion_protection,
            opts=self.child(),
        )
        for each in every(args.grants):
            secretmanager.SecretIamMember(
                f"{name}-{each.key}",
                project=project,
                secret_id=secret.secret_id,
                role=each.role,
                member=each.member,
                opts=self.child(protect=False),  # taking a grant away must stay possible
            )
        value = SecretValueArgs(secret=secret.id, value=args.value, edition=args.edition)
        self.id = after(secret.id, SecretValue(f"{name}-value", value, self.child()).version)
        self.seal()
