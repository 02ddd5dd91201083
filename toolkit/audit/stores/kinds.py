"""Which types of resources hold data, and where each says what an auditor asks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from toolkit.audit.stores import keeping
from toolkit.audit.words import Said, stores
from toolkit.graph import Resource

Told: TypeAlias = Callable[[Resource], Iterator[Said]]

BUCKET: Final = "gcp:storage/bucket:Bucket"
INSTANCE: Final = "gcp:sql/databaseInstance:DatabaseInstance"
SECRET: Final = "gcp:secretmanager/secret:Secret"  # noqa: S105 - the name of a type
TOPIC: Final = "gcp:pubsub/topic:Topic"
REPOSITORY: Final = "gcp:artifactregistry/repository:Repository"
CLUSTER: Final = "gcp:container/cluster:Cluster"
BACKUP_PLAN: Final = "gcp:gkebackup/backupPlan:BackupPlan"


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """One type of store. Paths are those of ``toolkit.audit.reading``."""

    word: Said
    service: str
    """The first part of the roles that open it: ``storage`` of ``roles/storage.objectViewer``."""
    labels: str = "labels"
    locations: tuple[str, ...] = ("location",)
    copies: tuple[str, ...] = ()
    """Where backups lie, when that is another place."""
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
            labels="settings.userLabels",
            locations=("region",),
            copies=("settings.backupConfiguration.location",),
            keys=("encryptionKeyName",),
            backup=keeping.copies_of_database,
        ),
        SECRET: Kind(
            word=stores.SECRET,
            service="secretmanager",
            locations=("replication.userManaged.replicas[*].location",),
            keys=(
                "replication.userManaged.replicas[*].customerManagedEncryption.kmsKeyName",
                "replication.auto.customerManagedEncryption.kmsKeyName",
            ),
            retention=keeping.of_secret,
        ),
        TOPIC: Kind(
            word=stores.TOPIC,
            service="pubsub",
            locations=("messageStoragePolicy.allowedPersistenceRegions[*]",),
            retention=keeping.of_topic,
        ),
        REPOSITORY: Kind(word=stores.REGISTRY, service="artifactregistry"),
        CLUSTER: Kind(
            word=stores.CLUSTER,
            service="container",
            labels="resourceLabels",
            keys=("databaseEncryption.keyName", "clusterAutoscaling.autoProvisioningDefaults.bootDiskKmsKey"),
        ),
        BACKUP_PLAN: Kind(
            word=stores.BACKUPS,
            service="gkebackup",
            keys=("backupConfig.encryptionKey.gcpKmsEncryptionKey",),
            retention=keeping.of_backup_plan,
            backup=keeping.schedule_of_plan,
        ),
        "gcp:logging/projectBucketConfig:ProjectBucketConfig": Kind(
            word=stores.LOGS, service="logging", keys=("cmekSettings.kmsKeyName",), retention=keeping.of_logs
        ),
        "gcp:bigquery/dataset:Dataset": Kind(
            word=stores.DATASET, service="bigquery", keys=("defaultEncryptionConfiguration.kmsKeyName",)
        ),
        "gcp:firestore/database:Database": Kind(
            word=stores.DOCUMENTS,
            service="datastore",
            locations=("locationId",),
            keys=("cmekConfig.kmsKeyName",),
        ),
        "gcp:redis/instance:Instance": Kind(
            word=stores.CACHE, service="redis", locations=("region",), keys=("customerManagedKey",)
        ),
        "gcp:filestore/instance:Instance": Kind(word=stores.FILES, service="file"),
        "gcp:compute/disk:Disk": Kind(
            word=stores.DISK,
            service="compute",
            locations=("zone",),
            keys=("diskEncryptionKey.kmsKeySelfLink",),
        ),
        "kubernetes:core/v1:PersistentVolumeClaim": Kind(
            word=stores.VOLUME, service="", labels="metadata.labels", locations=(), keys=()
        ),
    }
)
"""Types that hold data. A type that is not here is listed in the report as one without data."""
