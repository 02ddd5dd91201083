"""Where Longhorn's backups go, and when they and snapshots are made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Any, Final

from pulumi import Input, Output

from components.platform.traffic import ANYWHERE

ENDPOINT: Final = "https://storage.googleapis.com"
"""Longhorn signs for Google only if it sees exactly this name (longhorn/backupstore s3/s3_service.go)."""

SECRET: Final = "longhorn-backup"  # noqa: S105 -- a Secret's name

MOST: Final = 100
"""Of anything kept: Longhorn's own setting (recurring-job-max-retention)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Backups:
    """A bucket, and an HMAC key of an account that may write there and nowhere else.

    What is written is encrypted already, with the volumes' own key, which never leaves the hospital. The
    bucket must not have a retention of its own: Longhorn rewrites its own files, and stops when it may not.
    """

    bucket: Input[str]
    folder: str
    """Of this cluster, like ``longhorn/recife``: another one in the same folder would take these volumes for
    its own, and clean them up."""
    region: str
    """As Google writes it, like ``southamerica-east1``."""
    access_key: Input[str]
    secret_key: Input[str]
    addresses: Sequence[IPv4Network] = (ANYWHERE,)
    """Where the endpoint answers, when it is known: what Longhorn may send to, by TLS."""

    def __post_init__(self) -> None:
        if not self.folder or self.folder.strip("/") != self.folder:
            raise ValueError(
                f"backup folder {self.folder!r}: write it without slashes at its ends, like longhorn/recife"
            )
        if not self.region or "/" in self.region or "@" in self.region:
            raise ValueError(f"backup region {self.region!r}: write it like southamerica-east1")

    @property
    def target(self) -> Output[str]:
        """As Longhorn takes it."""
        return Output.concat("s3://", self.bucket, "@", self.region, f"/{self.folder}/")

    @property
    def credentials(self) -> Mapping[str, Input[str]]:
        """Of the Secret."""
        return {
            "AWS_ACCESS_KEY_ID": Output.secret(self.access_key),
            "AWS_SECRET_ACCESS_KEY": Output.secret(self.secret_key),
            "AWS_ENDPOINTS": ENDPOINT,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """How many of each are kept, for each volume."""

    hourly: int = 24
    """Snapshots; on the nodes' own disks, so they cost what changed."""
    daily: int = 14
    """Backups, each of what changed since the one before; and lists of what volumes there are."""
    weekly: int = 8
    """Backups that read and write everything again, because a chain is as good as its oldest link."""

    def __post_init__(self) -> None:
        for each, count in (("hourly", self.hourly), ("daily", self.daily), ("weekly", self.weekly)):
            if not 1 <= count <= MOST:
                raise ValueError(f"{count} {each} kept: Longhorn keeps 1 to {MOST}")


def jobs(kept: Kept, *, backups: bool) -> Mapping[str, Mapping[str, Any]]:
    """Longhorn's recurring jobs by name, in UTC; those that write to the bucket only with ``backups``.

    What lies on ``local`` volumes is snapshot by its owners, so only backups and cleaning are done there.
    There is no trim: dm-crypt passes no discards on, and ones let through would show which blocks are empty.
    """
    both = ["default", "local"]
    here = {
        "hourly": _job("snapshot", "7 * * * *", ["default"], kept.hourly),
        "cleanup": _job("snapshot-cleanup", "40 4 * * *", both, 0),
    }
    if not backups:
        return here
    full = {"parameters": {"full-backup-interval": "1"}}
    without = {"parameters": {"volume-backup-policy": "disabled"}}
    return {
        **here,
        "daily": _job("backup", "10 2 * * 1-6", both, kept.daily),
        "weekly": {**_job("backup", "10 2 * * 0", both, kept.weekly), **full},
        # Which volumes, claims and classes there were; their content is what the other two keep.
        "system": {**_job("system-backup", "40 3 * * *", [], kept.daily), **without},
    }


def _job(task: str, cron: str, groups: list[str], retain: int) -> Mapping[str, Any]:
    return {"task": task, "cron": cron, "groups": groups, "retain": retain, "concurrency": 2}
