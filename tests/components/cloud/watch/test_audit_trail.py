"""Who did what in the project."""

import pytest

from components.cloud.project import Project
from components.cloud.watch.audit_trail import AuditTrail, AuditTrailArgs
from tests.components.cloud.recorded import PROJECT, Recording, build

AUDITED, SINK, WRITER = "IAMAuditConfig trail", "ProjectSink trail", "BucketIAMMember trail"


def program(project: Project) -> None:
    AuditTrail("trail", AuditTrailArgs(project=project, bucket="aurora-prod-audit-logs"))


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        (AUDITED, "project", PROJECT),
        (AUDITED, "service", "allServices"),
        (SINK, "destination", "storage.googleapis.com/aurora-prod-audit-logs"),
        (SINK, "name", None),
        (SINK, "uniqueWriterIdentity", True),
        (SINK, "disabled", None),
        (SINK, "exclusions", None),
        (WRITER, "bucket", "aurora-prod-audit-logs"),
        (WRITER, "role", "roles/storage.objectCreator"),
    ],
)
def test_everything_is_audited_and_kept(
    recording: Recording, address: str, path: str, expected: object
) -> None:
    assert recording.at(address, path) == expected


def test_reads_and_writes_of_everybody_are_logged(recording: Recording) -> None:
    assert recording.at(AUDITED, "auditLogConfigs") == [
        {"logType": kind} for kind in ("ADMIN_READ", "DATA_READ", "DATA_WRITE")
    ]


@pytest.mark.parametrize("log", ["activity", "data_access", "system_event", "policy", "access_transparency"])
def test_every_kind_of_audit_log_reaches_the_bucket(recording: Recording, log: str) -> None:
    kinds = str(recording.at(SINK, "filter")).split(" OR ")
    assert f'LOG_ID("cloudaudit.googleapis.com/{log}")' in kinds
    assert len(kinds) == 5


def test_only_the_sinks_own_identity_writes_there() -> None:
    deployed = build(program, preview=False)
    assert deployed.at(WRITER, "member") == "trail-writerIdentity"
    assert deployed.addresses("BucketIAMMember") == ["trail"]


def test_each_part_waits_for_its_own_api_only(recording: Recording) -> None:
    assert recording.waits(AUDITED) == {"Service apis-cloudresourcemanager"}
    assert recording.waits(SINK) == {"Service apis-logging"}
    assert recording.waits(WRITER) == {SINK}
