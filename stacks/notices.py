"""Where Google's services announce what has happened or is due."""

from collections.abc import Iterator
from dataclasses import dataclass

from pulumi import Output

from components.classification import Classification
from components.cloud.access.grants import Grants
from components.cloud.project import Api
from components.cloud.watch.topic import Topic, TopicArgs
from stacks.ground import Ground
from stacks.holding import Holding


@dataclass(frozen=True, kw_only=True, slots=True)
class Notices:
    """Topics by what they tell, each known once whoever tells it may."""

    cluster: Output[str]
    """Upgrades and security bulletins of the cluster."""
    rotation: Output[str]
    """Secrets whose value is to be replaced."""


def build_notices(ground: Ground, key: Output[str]) -> Notices:
    """Both topics, in the region, under one key: neither says anything about patients."""
    publisher = {"roles/pubsub.publisher": {"secret-manager": ground.project.agent(Api.SECRETS)}}
    return Notices(
        cluster=Topic("cluster-notices", _topic(ground, key, {}), ground.where).id,
        rotation=Topic("rotation-due", _topic(ground, key, publisher), ground.where).id,
    )


def holdings(ground: Ground) -> Iterator[Holding]:
    """What lies on the topics for a week."""
    for store in ("cluster-notices", "rotation-due"):
        yield Holding(store=store, classification=Classification.INTERNAL, location=ground.cloud.region)


def _topic(ground: Ground, key: Output[str], grants: Grants) -> TopicArgs:
    return TopicArgs(
        project=ground.project,
        regions=[ground.cloud.region],
        key=key,
        grants=grants,
        labels=ground.settings.labels,
    )
