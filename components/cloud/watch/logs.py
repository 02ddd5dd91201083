"""Where the project's logs lie."""

from dataclasses import dataclass
from typing import Final

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import logging
from pulumi_random import RandomId

from components.base import Component, after
from components.cloud.project import Api, Project

LONGEST: Final = 3650
"""Days (https://cloud.google.com/logging/quotas#logs_retention_periods)."""

ELSEWHERE: Final = ("activity", "system_event", "access_transparency")
"""What Google keeps in a place of its own for 400 days, and its ``_Default`` sink leaves out therefore."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LogsArgs:
    """Where logs lie, under which key, and for how long."""

    project: Project
    region: str
    """A region, never ``global``: that leaves the place to Google."""
    key: Input[str]
    """Id of the key that logs are encrypted with, known once Cloud Logging may use it (``Keys.ids``)."""
    kept_days: int

    def __post_init__(self) -> None:
        if self.region == "global":
            raise ValueError("logs in 'global' may lie in any country: name a region, as in us-central1")
        if not 1 <= self.kept_days <= LONGEST:
            raise ValueError(f"logs kept for {self.kept_days} days: write 1 to {LONGEST}")


class Logs(Component, token="gcp:Logs"):
    """The project's logs in one region, under our own key, in place of Google's global bucket.

    Google deletes a log bucket softly and keeps its name for a week, and logs are evidence: the bucket stays
    when the stack goes, and the next stack makes another, by a suffix that is kept in state.
    """

    bucket: Output[str]
    """``projects/<project>/locations/<region>/buckets/<id>``, known once the project's logs go there."""

    def __init__(self, name: str, args: LogsArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        project = args.project.on(Api.LOGGING)
        suffix = RandomId(name, byte_length=3, opts=self.child(protect=False))
        bucket = logging.ProjectBucketConfig(
            name,
            project=project,
            location=args.region,
            bucket_id=Output.concat(f"{name}-", suffix.hex),
            description="All logs of the project that Google does not keep elsewhere",
            retention_days=args.kept_days,
            cmek_settings={"kms_key_name": args.key},
            opts=self.child(retain_on_delete=True),
        )
        sink = logging.ProjectSink(
            name,
            project=project,
            name="_Default",  # Google's own; the provider takes it over, and leaves it on destroy
            destination=Output.concat("logging.googleapis.com/", bucket.id),
            filter=_beside_googles_own(),
            unique_writer_identity=True,
            opts=self.child(protect=False),
        )
        self.bucket = after(bucket.id, sink.id)
        self.seal()


def _beside_googles_own() -> str:
    """The filter that the ``_Default`` sink of every project has."""
    logs = [f"{audit}.googleapis.com/{log}" for log in ELSEWHERE for audit in ("cloudaudit", "externalaudit")]
    return " AND ".join(f'NOT LOG_ID("{log}")' for log in logs)
