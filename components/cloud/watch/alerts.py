"""Who is told when something happens that nobody planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pulumi import Output, ResourceOptions
from pulumi_gcp import logging, monitoring

from components.base import Component, after
from components.cloud.project import Api, Project
from components.cloud.watch.events import EVENTS, Event

PAUSE: Final = "3600s"
"""One message an hour for each event: a deployment that changes thirty rules is one thing that happened."""

CLOSED: Final = "86400s"
"""A day after the last one, an incident is closed by itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertsArgs:
    """Which project, what happens there, and who is told."""

    project: Project
    mail: str
    """The address of whoever is on call."""
    events: Mapping[str, Event] = field(default_factory=lambda: EVENTS)
    """By short lasting names."""
    labels: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if "@" not in self.mail:
            raise ValueError(f"mail {self.mail!r} is not an address: an alert that reaches nobody is none")
        if not self.events:
            raise ValueError("alerts about nothing: name at least one event, or leave events out for all")


class Alerts(Component, token="gcp:Alerts"):
    """A message to whoever is on call for each event, and a metric that counts it.

    An alert looks at the logs themselves and not at the metric: Google refuses an alert on a metric that is
    younger than some minutes, so a first deployment would fail.
    """

    policies: Mapping[str, Output[str]]
    """Ids of the alerts by event, each known once it counts and calls."""

    def __init__(self, name: str, args: AlertsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        channel = monitoring.NotificationChannel(
            name,
            project=args.project.on(Api.MONITORING),
            type="email",
            display_name="On call",
            labels={"email_address": args.mail},
            user_labels=args.labels,
            opts=self.child(),
        )
        self.policies = {
            key: after(
                self._alert(f"{name}-{key}", args, event, [channel.id]),
                self._count(f"{name}-{key}", args, event),
            )
            for key, event in args.events.items()
        }
        self.seal()

    def _count(self, name: str, args: AlertsArgs, event: Event) -> Output[str]:
        return logging.Metric(
            name,
            project=args.project.on(Api.LOGGING),
            filter=event.filter,
            description=event.title,
            metric_descriptor={"metric_kind": "DELTA", "value_type": "INT64", "unit": "1"},
            opts=self.child(),
        ).id

    def _alert(
        self, name: str, args: AlertsArgs, event: Event, channels: Sequence[Output[str]]
    ) -> Output[str]:
        return monitoring.AlertPolicy(
            name,
            project=args.project.on(Api.MONITORING),
            display_name=event.title,
            combiner="OR",
            conditions=[{"display_name": event.title, "condition_matched_log": {"filter": event.filter}}],
            alert_strategy={"notification_rate_limit": {"period": PAUSE}, "auto_close": CLOSED},
            documentation={"content": event.ask, "mime_type": "text/markdown"},
            notification_channels=channels,
            severity="WARNING",
            user_labels=args.labels,
            opts=self.child(),
        ).id
