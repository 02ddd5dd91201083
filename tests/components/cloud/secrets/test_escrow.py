"""Copies of keys without which data is lost."""

from typing import Any

import pytest
from pulumi import Output

from components.classification import Classification
from components.cloud.project import Project
from components.cloud.secrets.escrow import LASTING, Escrow, EscrowArgs
from tests.components.cloud.recorded import LABELS, PROJECT, REGION, Recording, anywhere, build, refused

REASON = "volumes are encrypted with it, and it cannot be changed"
ACCESSOR = "roles/secretmanager.secretAccessor"


def args(project: Project, **more: Any) -> EscrowArgs:
    plain: dict[str, Any] = {
        "name": "recife-volumes",
        "value": Output.secret("once"),
        "reason": REASON,
        "classification": Classification.PATIENT,
        "keys": {REGION: "key"},
    }
    return EscrowArgs(project=project, **{**plain, **more})


def program(project: Project) -> None:
    Escrow("volumes", args(project, labels=LABELS, grants={ACCESSOR: {"board": "group:board@aurora.br"}}))


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        ("Secret volumes", "project", PROJECT),
        ("Secret volumes", "secretId", "recife-volumes"),
        ("Secret volumes", "replication.userManaged.replicas.0.location", REGION),
        ("Secret volumes", "replication.userManaged.replicas.0.customerManagedEncryption.kmsKeyName", "key"),
        ("Secret volumes", "rotation", None),
        ("Secret volumes", "topics", None),
        ("Secret volumes", "annotations", {LASTING: REASON}),
        ("Secret volumes", "labels", {"owner": "platform", "data-classification": "patient"}),
        ("Secret volumes", "versionDestroyTtl", "604800s"),
        ("Secret volumes", "deletionProtection", True),
        ("SecretVersion volumes-value", "secretDataWoVersion", "1"),
        (
            "SecretIamMember volumes-secretmanager.secretAccessor-board",
            "member",
            "group:board@aurora.br",
        ),
        ("SecretIamMember volumes-secretmanager.secretAccessor-board", "role", ACCESSOR),
    ],
)
def test_a_copy_is_kept_as_promised(recording: Recording, address: str, path: str, expected: object) -> None:
    assert recording.at(address, path) == expected


def test_a_copy_without_a_reason_is_refused() -> None:
    with refused("secret recife-volumes is never replaced: say why, in 20 letters or more"):
        args(anywhere(), reason="because")


def test_a_copy_lies_somewhere() -> None:
    with refused("secret recife-volumes lies nowhere: name at least one region and its key"):
        args(anywhere(), keys={})
    with pytest.raises(ValueError, match="recife"):
        args(anywhere(), keys={"recife": "key"})
