"""The types that hold data: where each says what kind of data, and where it lies."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from policies.kinds import (
    BACKUP_PLAN,
    BUCKET,
    CLUSTER,
    DATABASE,
    DATABASE_CLUSTER,
    LOG_BUCKET,
    REGISTRY,
    SECRET,
    TOPIC,
    VOLUME_CLAIM,
)

LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        BACKUP_PLAN: "labels.data-classification",
        BUCKET: "labels.data-classification",
        DATABASE: "settings.userLabels.data-classification",
        DATABASE_CLUSTER: "metadata.labels.data-classification",
        REGISTRY: "labels.data-classification",
        SECRET: "labels.data-classification",
        TOPIC: "labels.data-classification",
        VOLUME_CLAIM: "metadata.labels.data-classification",
    }
)
"""The path of each type's classification."""

PLACES: Final[Mapping[str, str]] = MappingProxyType(
    {
        BACKUP_PLAN: "location",
        BUCKET: "location",
        CLUSTER: "location",
        DATABASE: "region",
        LOG_BUCKET: "location",
        REGISTRY: "location",
        SECRET: "replication.userManaged.replicas[*].location",
        TOPIC: "messageStoragePolicy.allowedPersistenceRegions[*]",
    }
)
"""The path of each type's place in the cloud."""

COPIES: Final[Mapping[str, str]] = MappingProxyType({DATABASE: "settings.backupConfiguration.location"})
"""Where a type's backups lie, if it says so."""
