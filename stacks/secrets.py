"""The places of the secrets that the cloud side needs, and when each is replaced."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from pulumi import Output

from components.classification import Classification
from components.cloud.secrets.secret import Rotation, Secret, SecretArgs
from stacks.ground import Ground
from stacks.holding import Holding
from stacks.identities import Identities

PLAN: Final[Mapping[str, Classification]] = {"analytics-password": Classification.DEIDENTIFIED}
"""By name: what each opens. Programs log in by IAM; a password is for tools that cannot."""


def build_secrets(
    ground: Ground, key: Output[str], topic: Output[str], identities: Identities
) -> Mapping[str, Output[str]]:
    """The names of the secrets, each in the region only."""
    rotation = rotation_of(ground)
    reader = {"roles/secretmanager.secretAccessor": {"backend": identities.backend.member}}
    return {
        name: Secret(
            name,
            SecretArgs(
                project=ground.project,
                name=name,
                classification=classification,
                keys={ground.cloud.region: key},
                rotation=rotation,
                topic=topic,
                grants=reader,
                labels=ground.settings.labels,
                deletion_protection=ground.care.protect,
            ),
            ground.guarded,
        ).name
        for name, classification in PLAN.items()
    }


def holdings(ground: Ground) -> Iterator[Holding]:
    """What the secrets open lies elsewhere; they are listed because they open it."""
    for name, classification in PLAN.items():
        yield Holding(store=name, classification=classification, location=ground.cloud.region)


def rotation_of(ground: Ground) -> Rotation:
    """A first time that lies ahead whenever a secret is made, as Google demands.

    It counts for a new secret only: afterwards Google moves it on, and nothing here moves it back.
    """
    days = ground.care.rotation_days
    today = datetime.now(UTC).replace(hour=6, minute=0, second=0, microsecond=0)
    return Rotation(first=today + timedelta(days=days), days=days)
