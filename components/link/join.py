"""What both kinds of link have in common: what they need, and the secret that a site gets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from pulumi import Input, Resource, ResourceOptions

from components.classification import Classification
from components.cloud.grants import Grants
from components.cloud.project import Project
from components.cloud.secret import Rotation, Secret, SecretArgs
from components.cloud.secret_value import SecretValue, SecretValueArgs
from components.link.plan import LinkPlan


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """Where a link stands in the cloud."""

    project: Project
    region: str
    network: Input[str]
    """The network's id."""
    plan: LinkPlan
    vault: "Vault"
    readers: Mapping[str, Input[str]]
    """By site: the IAM member that reads its secret; usually the site's own account."""
    after: Sequence[Resource] = ()
    """What must stand before traffic can flow: the rules of the network's firewall."""
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Vault:
    """How secrets of the link are kept."""

    keys: Mapping[str, Input[str]]
    """By region in which they lie: the key that they are encrypted with, as for every ``Secret``."""
    topic: Input[str]
    """Where Secret Manager says that new keys are due; whoever hears it raises the generation."""
    first: datetime
    """When it says so for the first time."""
    days: int
    """How often."""
    deletion_protection: bool = True


def keep(  # noqa: PLR0913 -- each is another kind of thing, and they are named where it is called
    name: str,
    ground: Ground,
    *,
    value: Input[str],
    of: object,
    reader: Input[str],
    opts: ResourceOptions,
) -> tuple[Secret, SecretValue]:
    """A secret that one member reads, with its value, which changes whenever what it is made ``of`` does."""
    vault = ground.vault
    grants: Grants = {"roles/secretmanager.secretAccessor": {"reader": reader}}
    secret = Secret(
        name,
        SecretArgs(
            project=ground.project,
            name=name,
            classification=Classification.PATIENT,
            keys=vault.keys,
            rotation=Rotation(first=vault.first, days=vault.days),
            topic=vault.topic,
            grants=grants,
            labels=ground.labels,
            deletion_protection=vault.deletion_protection,
        ),
        opts,
    )
    args = SecretValueArgs(secret=secret.id, value=value, edition=edition(of))
    return secret, SecretValue(f"{name}-value", args, opts)


def edition(of: object) -> str:
    """A short text that is another whenever ``of`` is."""
    return sha256(repr(of).encode()).hexdigest()[:16]
