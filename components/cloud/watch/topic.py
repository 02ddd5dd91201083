"""Where Google's services announce what has happened or is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import pubsub

from components.base import Component, after
from components.classification import Classification, classified
from components.cloud.access.grants import Grants, check
from components.cloud.access.members import every
from components.cloud.project import Api, Project
from components.cloud.regions import check_region

KEPT: Final = f"{7 * 86400}s"
"""Seven days: a listener that was down over a long weekend still finds what it missed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicArgs:
    """Where notices lie, under which key, and who writes them."""

    project: Project
    regions: Sequence[str]
    """The only regions in which notices are stored."""
    key: Input[str]
    """Id of the key that notices are encrypted with, known once Pub/Sub may use it (``Keys.ids``)."""
    grants: Grants = field(default_factory=dict)
    """GKE needs none: its own role lets it publish."""
    labels: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check(self.grants)
        classified(self.labels, Classification.INTERNAL)
        if not self.regions:
            raise ValueError("a topic without regions would store notices anywhere: name at least one region")
        for region in self.regions:
            check_region("notices", region)


class Topic(Component, token="gcp:Topic"):
    """A topic for notices about the platform, never about patients; under our own key, kept for a week.

    It brings no subscription: who listens is the business of whoever acts on the notices.
    """

    id: Output[str]
    """``projects/<project>/topics/<name>``, known once everyone who is granted access has it."""

    def __init__(self, name: str, args: TopicArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        project = args.project.on(Api.PUBSUB)
        topic = pubsub.Topic(
            name,
            project=project,
            kms_key_name=args.key,
            message_retention_duration=KEPT,
            message_storage_policy={"allowed_persistence_regions": sorted(args.regions)},
            labels=classified(args.labels, Classification.INTERNAL),
            opts=self.child(),
        )
        granted = [
            pubsub.TopicIAMMember(
                f"{name}-{each.key}",
                project=project,
                topic=topic.name,
                role=each.role,
                member=each.member,
                opts=self.child(),
            ).id
            for each in every(args.grants)
        ]
        self.id = after(topic.id, *granted)
        self.seal()
