"""Which types of resources hold data, and where each says what an auditor asks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from policies.kinds import (
    BACKUP_PLAN,
    BUCKET,
    CLUSTER,
    DATABASE_CLUSTER,
    LOG_BUCKET,
    SECRET,
    STORAGE_CLASS,
    TOPIC,
)
from policies.kinds import DATABASE as INSTANCE
from policies.kinds import REGISTRY as REPOSITORY
from policies.kinds import VOLUME_CLAIM as VOLUME
from policies.stores import COPIES, LABELS, PLACES
from toolkit.audit.stores import keeping
from toolkit.audit.stores.onsite import K3S, ONSITE, VAULT
from toolkit.audit.words import Said, stores
from toolkit.graph import Resource

LABEL: Final = "labels.data-classification"

Told: TypeAlias = Callable[[Resource], Iterator[Said]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """One type of store. Paths are those of ``toolkit.audit.reading``."""

    word: Said
    service: str
    """The first part of the roles that open it: ``storage`` of ``roles/storage.objectViewer``."""
    location: str = "location"
    """Where it lies, for a type of which the rules do not know it."""
    keys: tuple[str, ...] = ("kmsKeyName",)
    retention: Told = keeping.nothing
    backup: Told = keeping.nothing


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        BUCKET: Kind(
            word=stores.BUCKET,
            service="storage",
            keys=("encryption.defaultKmsKeyName",),
            retention=keeping.of_bucket,
            backup=keeping.copies_of_bucket,
        ),
        INSTANCE: Kind(
            word=stores.DATABASE,
            service="cloudsql",
            keys=("encryptionKeyName",),
            backup=keeping.copies_of_database,
        ),
        SECRET: Kind(
            word=stores.SECRET,
            service="secretmanager",
            keys=(
                "replication.userManaged.replicas[*].customerManagedEncryption.kmsKeyName",
                "replication.auto.customerManagedEncryption.kmsKeyName",
            ),
            retention=keeping.of_secret,
        ),
        TOPIC: Kind(
            word=stores.TOPIC,
            service="pubsub",
            retention=keeping.of_topic,
        ),
        REPOSITORY: Kind(word=stores.REGISTRY, service="artifactregistry"),
        CLUSTER: Kind(
            word=stores.CLUSTER,
            service="container",
            keys=("databaseEncryption.keyName", "clusterAutoscaling.autoProvisioningDefaults.bootDiskKmsKey"),
        ),
        BACKUP_PLAN: Kind(
            word=stores.BACKUPS,
            service="gkebackup",
            keys=("backupConfig.encryptionKey.gcpKmsEncryptionKey",),
            retention=keeping.of_backup_plan,
            backup=keeping.schedule_of_plan,
        ),
        LOG_BUCKET: Kind(
            word=stores.LOGS, service="logging", keys=("cmekSettings.kmsKeyName",), retention=keeping.of_logs
        ),
        "gcp:bigquery/dataset:Dataset": Kind(
            word=stores.DATASET, service="bigquery", keys=("defaultEncryptionConfiguration.kmsKeyName",)
        ),
        "gcp:firestore/database:Database": Kind(
            word=stores.DOCUMENTS,
            service="datastore",
            location="locationId",
            keys=("cmekConfig.kmsKeyName",),
        ),
        "gcp:redis/instance:Instance": Kind(
            word=stores.CACHE, service="redis", location="region", keys=("customerManagedKey",)
        ),
        "gcp:filestore/instance:Instance": Kind(word=stores.FILES, service="file"),
        "gcp:compute/disk:Disk": Kind(
            word=stores.DISK,
            service="compute",
            location="zone",
            keys=("diskEncryptionKey.kmsKeySelfLink",),
        ),
        VOLUME: Kind(word=stores.VOLUME, service="", keys=()),
        DATABASE_CLUSTER: Kind(word=stores.POSTGRES, service="", keys=()),
        STORAGE_CLASS: Kind(word=stores.VOLUMES, service="", keys=()),
        K3S: Kind(word=stores.ETCD, service="", keys=()),
        VAULT: Kind(word=stores.VAULT, service="", keys=()),
    }
)
"""Types that hold data. A type that is not here is listed in the report as one without data."""


def label_of(kind: str) -> str:
    """The path of a type's classification."""
    if kind == STORAGE_CLASS:
        return "metadata.labels.data-classification"
    return LABELS.get(kind, "resourceLabels.data-classification" if kind == CLUSTER else LABEL)


def place_of(kind: str) -> str:
    """The path of a type's place; empty when it has none of its own."""
    return "" if kind in ONSITE else PLACES.get(kind, KINDS[kind].location)


def copies_of(kind: str) -> str:
    """The path of the place of a type's backups; empty when they are where it is."""
    return COPIES.get(kind, "")
