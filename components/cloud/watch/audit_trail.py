"""Who did what in the project, for as long as the law asks."""

from dataclasses import dataclass
from typing import Final

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import logging, projects, storage

from components.base import Component, after
from components.cloud.project import Api, Project

KINDS: Final = ("ADMIN_READ", "DATA_READ", "DATA_WRITE")
"""Changes are always logged; these are the reads, and what is done to the data itself."""

LOGS: Final = ("activity", "data_access", "system_event", "policy", "access_transparency")
"""The kinds of audit log (https://cloud.google.com/logging/docs/audit); PostgreSQL's come as data access."""

WRITER: Final = "roles/storage.objectCreator"
"""Adds objects, and can neither read nor replace one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditTrailArgs:
    """Which project, and where its trail is kept."""

    project: Project
    bucket: Input[str]
    """The name of the bucket, whose retention says for how long."""


class AuditTrail(Component, token="gcp:AuditTrail"):
    """Every service's audit logs, switched on without exception for anybody, and copied to a bucket.

    They tell who read which object, not what it says: objects need names that say nothing about a patient.
    """

    sink: Output[str]
    """The sink's id, known once every service is audited and the bucket takes the logs."""

    def __init__(self, name: str, args: AuditTrailArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        audited = projects.IAMAuditConfig(
            name,
            project=args.project.on(Api.RESOURCE_MANAGER),
            service="allServices",
            audit_log_configs=[{"log_type": kind} for kind in KINDS],
            opts=self.child(),
        )
        sink = logging.ProjectSink(
            name,
            project=args.project.on(Api.LOGGING),
            destination=Output.concat("storage.googleapis.com/", args.bucket),
            filter=" OR ".join(f'LOG_ID("cloudaudit.googleapis.com/{log}")' for log in LOGS),
            unique_writer_identity=True,
            opts=self.child(),
        )
        writer = storage.BucketIAMMember(
            name, bucket=args.bucket, role=WRITER, member=sink.writer_identity, opts=self.child()
        )
        self.sink = after(sink.id, audited.id, writer.id)
        self.seal()
