"""What both kinds of link have in common: what they need, and the secret that a site gets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from pulumi import Input, Resource

from components.base import Component
from components.classification import Classification
from components.cloud.access.grants import Grants
from components.cloud.project import Project
from components.cloud.secrets.secret import Rotation, Secret, SecretArgs
from components.cloud.secrets.value import SecretValue, SecretValueArgs
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
    rotation: Rotation
    protect: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What one machine is told."""

    value: Input[str]
    of: object
    """What the value is made of, as far as it is known before: another ``of`` is another value."""
    reader: Input[str]
    """The one member who may read it."""


def keep(name: str, parent: Component, ground: Ground, told: Told) -> tuple[Secret, SecretValue]:
    """A secret with its value."""
    vault = ground.vault
    grants: Grants = {"roles/secretmanager.secretAccessor": {"reader": told.reader}}
    secret = Secret(
        name,
        SecretArgs(
            project=ground.project,
            name=name,
            classification=Classification.PATIENT,
            keys=vault.keys,
            rotation=vault.rotation,
            topic=vault.topic,
            grants=grants,
            labels=ground.labels,
            deletion_protection=vault.protect,
        ),
        parent.child(protect=vault.protect),
    )
    args = SecretValueArgs(secret=secret.id, value=told.value, edition=edition(told.of))
    return secret, SecretValue(f"{name}-value", args, parent.child())


def edition(of: object) -> str:
    """A number, as text, that is another whenever ``of`` is."""
    return str(int(sha256(repr(of).encode()).hexdigest()[:7], 16))
