"""What leaves the hospital, encrypted, so that the database survives it: base backups, and the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pulumi import Input, Output

PLUGIN: Final = "barman-cloud.cloudnative-pg.io"

API: Final = "barmancloud.cnpg.io/v1"

FOLDER: Final = "/projected"
"""Where CloudNativePG puts ``projectedVolumeTemplate``, in PostgreSQL's container and so in the plugin's,
which gets all its mounts, in a recovery too (``lifecycle.go`` of plugin-barman-cloud)."""

TOKEN: Final = f"{FOLDER}/google-token"
"""The file with the Kubernetes token: ``credential_source.file`` of the credentials names it."""

CREDENTIALS: Final = "credentials.json"
"""The Secret's key; there is no secret in it."""

TOKEN_SECONDS: Final = 3600

ROLES: Final = ("roles/storage.objectUser", "roles/storage.bucketViewer")
"""What the database needs on the bucket. The second is for ``storage.buckets.get``: before the first file,
Barman asks whether the bucket is there, and archives nothing until it may know."""

ACCOUNT: Final = "postgres"
"""The Kubernetes account of every cluster of the namespace: Google knows it, also when one is recovered."""

SCHEDULE: Final = "0 30 5 * * *"
"""Seconds first: every day at 05:30 UTC, the quietest hour in Brazil."""

LIMITS: Final[Mapping[str, str]] = {"cpu": "500m", "memory": "512Mi"}
"""Of the plugin beside each server: asked for and never more, as for the server."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Archive:
    """A bucket, and how Google knows the database without a key: by its Kubernetes token."""

    bucket: Input[str]
    """The name of it. It has no retention policy: the description of each backup is written twice."""
    prefix: str
    """The folder in it, like ``postgres/recife``; no other cluster writes there."""
    project: Input[str]
    """The project's id. Google's client refuses to start without one, and cannot find out by itself."""
    credentials: Input[str]
    """JSON of the kind ``external_account`` whose ``credential_source.file`` is ``TOKEN``; no secret."""
    audience: Input[str]
    """For whom the token is made; what the identity pool's provider expects."""
    kept_days: int = 30
    """How far back one can go."""

    def __post_init__(self) -> None:
        if not self.prefix or self.prefix.strip("/") != self.prefix:
            raise ValueError(
                f"archive folder {self.prefix!r}: write it without slashes at its ends, like postgres/recife"
            )
        if not 7 <= self.kept_days <= 365:  # noqa: PLR2004 -- the message says both
            raise ValueError(
                f"archive kept for {self.kept_days} days: write 7 to 365; mistakes are seen late"
            )

    def store(self, name: str) -> Mapping[str, Any]:
        """The description of the ``ObjectStore``; its credentials are in the Secret of that name."""
        return {
            "configuration": {
                "destinationPath": Output.format("gs://{0}/{1}", self.bucket, self.prefix),
                "googleCredentials": {"applicationCredentials": {"name": name, "key": CREDENTIALS}},
                "wal": {"compression": "gzip", "maxParallel": 4},
                "data": {"compression": "gzip"},
            },
            "retentionPolicy": f"{self.kept_days}d",
            "instanceSidecarConfiguration": {
                "env": [{"name": "GOOGLE_CLOUD_PROJECT", "value": self.project}],
                "resources": {"requests": LIMITS, "limits": LIMITS},
            },
        }

    def volume(self) -> Mapping[str, Any]:
        """The token, for ``projectedVolumeTemplate``."""
        token = {
            "audience": self.audience,
            "expirationSeconds": TOKEN_SECONDS,
            "path": TOKEN.removeprefix(f"{FOLDER}/"),
        }
        return {"sources": [{"serviceAccountToken": token}]}


def archiver(name: str) -> Mapping[str, Any]:
    """For ``spec.plugins``: writes to where the ``ObjectStore`` of that name says."""
    return {"name": PLUGIN, "isWALArchiver": True, "parameters": {"barmanObjectName": name}}


def schedule(cluster: str) -> Mapping[str, Any]:
    """The description of daily base backups, from a standby when there is one; the first one at once."""
    return {
        "cluster": {"name": cluster},
        "schedule": SCHEDULE,
        "immediate": True,
        "method": "plugin",
        "pluginConfiguration": {"name": PLUGIN},
        "target": "prefer-standby",
        "backupOwnerReference": "self",
    }
