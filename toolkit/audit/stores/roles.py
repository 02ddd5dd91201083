"""Which roles of Google Cloud let somebody read what lies in a store."""

from collections.abc import Mapping
from typing import Final

READERS: Final[Mapping[str, frozenset[str]]] = {
    "storage": frozenset(
        {"admin", "objectAdmin", "objectUser", "objectViewer", "legacyObjectOwner", "legacyObjectReader"}
    ),
    "secretmanager": frozenset({"admin", "secretAccessor"}),
    "pubsub": frozenset({"admin", "editor", "subscriber"}),
    "artifactregistry": frozenset(
        {"admin", "reader", "writer", "repoAdmin", "createOnPushWriter", "createOnPushRepoAdmin"}
    ),
    "cloudsql": frozenset({"admin", "client", "editor", "instanceUser", "studioUser"}),
    "container": frozenset({"admin", "developer"}),
    "gkebackup": frozenset({"admin", "backupAdmin", "restoreAdmin", "delegatedRestoreAdmin"}),
    "logging": frozenset({"admin", "privateLogViewer", "viewAccessor", "viewer"}),
    "bigquery": frozenset({"admin", "dataEditor", "dataOwner", "dataViewer"}),
    "datastore": frozenset({"owner", "user", "viewer", "importExportAdmin"}),
    "redis": frozenset({"admin", "editor", "dbConnectionUser"}),
    "file": frozenset({"editor"}),
    "compute": frozenset({"admin", "instanceAdmin", "instanceAdmin.v1", "storageAdmin"}),
}
"""By service: the predefined roles that read data, or take over what reads it."""

HARMLESS: Final[Mapping[str, frozenset[str]]] = {
    "storage": frozenset({"objectCreator", "bucketViewer", "legacyBucketReader", "legacyBucketWriter"}),
    "secretmanager": frozenset({"viewer", "secretVersionAdder", "secretVersionManager"}),
    "pubsub": frozenset({"publisher", "viewer"}),
    "cloudsql": frozenset({"viewer"}),
    "container": frozenset({"viewer", "clusterViewer", "clusterAdmin", "defaultNodeServiceAccount"}),
    "gkebackup": frozenset({"viewer"}),
}
"""By service: those of a service's roles that show no data."""

BASIC: Final = frozenset({"roles/owner", "roles/editor", "roles/viewer"})
"""They open every service."""


def reads(role: str, service: str) -> bool | None:
    """Whether a role reads the data of a service; ``None`` when nobody here knows the role."""
    if role in BASIC:
        return True
    if not role.startswith("roles/"):
        return None
    owner, _, name = role.removeprefix("roles/").partition(".")
    if owner != service:
        return False
    if name in READERS.get(service, ()):
        return True
    return False if name in HARMLESS.get(service, ()) else None
