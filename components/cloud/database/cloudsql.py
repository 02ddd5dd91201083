"""The database of the cloud side."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import sql

from components.base import Component, after
from components.classification import Classification, classified
from components.cloud.database.clients import entries, users
from components.cloud.database.settings import PASSWORDS, Availability, DatabaseBackups, check_flags, flags
from components.cloud.project import Api, Project
from components.cloud.regions import check_region
from components.cloud.weekly import DatabaseMaintenance

VERSION = "POSTGRES_15"


@dataclass(frozen=True, kw_only=True, slots=True)
class CloudSqlArgs:
    """Where the database is, how large, under which keys, and who uses it."""

    project: Project
    region: str
    network: Input[str]
    """The network, known once private services can be placed in it (``PrivateServices.network``)."""
    allocated_range: Input[str]
    """The range in which the instance gets its address (``PrivateServices.range_name``)."""
    key: Input[str]
    """Id of the key that data and backups are encrypted with, known once Cloud SQL may use it (``Keys.ids``).
    It never changes: the instance would be made anew."""
    tier: str
    """``db-custom-<CPUs>-<MiB>``."""
    availability: Availability
    backups: DatabaseBackups
    classification: Classification
    databases: Collection[str]
    accounts: Mapping[str, Input[str]] = field(default_factory=dict)
    """E-mail addresses of service accounts that log in with their IAM identity, by short lasting keys."""
    replicas: Mapping[str, Input[str]] = field(default_factory=dict)
    """Keys by region, each region with a copy that can be read and, in a disaster, promoted."""
    disk_gb: int = 20
    """At first; it grows by itself, and what stands here has no effect any more."""
    flags: Mapping[str, str] = field(default_factory=dict)
    """Beyond those that every database has (``database_settings.FLAGS``)."""
    maintenance: DatabaseMaintenance = field(default_factory=DatabaseMaintenance)
    labels: Mapping[str, str] = field(default_factory=dict)
    deletion_protection: bool = True

    def __post_init__(self) -> None:
        check_flags(self.flags)
        classified(self.labels, self.classification)
        if not self.tier.startswith("db-custom-"):
            raise ValueError(
                f"tier {self.tier!r}: write db-custom-<CPUs>-<MiB>; shared cores have no service level, "
                "and others belong to the edition ENTERPRISE_PLUS"
            )
        check_region("database", self.region)
        for region in self.replicas:
            check_region("replica", region)
        if not self.databases:
            raise ValueError("an instance without databases serves nobody: name at least one")
        if self.region in self.replicas:
            raise ValueError(
                f"replica in {self.region}, where the primary is: both would be lost together; name another "
                "region, and set availability to Availability.REGIONAL against the loss of a zone"
            )


class CloudSql(Component, token="gcp:CloudSql"):
    """PostgreSQL 15 on a private address, under our own key, that can go back to any second of a week.

    Every connection is TLS with a certificate on both sides, and comes through one of Cloud SQL's connectors,
    which fetch a short-lived certificate for whoever IAM lets connect: so no client key is made here, none
    lies in state, and IAM logins are bound to who connects. The password of ``postgres`` is not set: nobody
    logs in with it.

    A deleted instance leaves its backups and a final one. Its name, which Google blocks for a week, is
    Pulumi's own, with a suffix kept in state. Databases and users are left to the instance: PostgreSQL
    refuses to drop a user that owns anything, and one without its grants in IAM cannot log in.
    """

    name: Output[str]
    """The instance's name; known, as all of these, once databases and users exist and may be used."""
    connection_name: Output[str]
    """``project:region:instance``, what connectors take."""
    address: Output[str]
    """The private address."""
    databases: Mapping[str, Output[str]]
    """Names of the databases, each known once it exists."""
    replicas: Mapping[str, Output[str]]
    """Connection names of the replicas by region."""

    def __init__(self, name: str, args: CloudSqlArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        primary = self._primary(name, args)
        replicas = {
            region: self._replica(f"{name}-{region}", args, primary, region)
            for region in sorted(args.replicas)
        }
        databases = {
            database: self._database(f"{name}-{database}", args, primary, database)
            for database in sorted(args.databases)
        }
        usable = [
            *(database.id for database in databases.values()),
            *users(self, name, args.project, args.accounts, primary),
            *entries(self, name, args.project, args.accounts, primary),
        ]
        self.name = after(primary.name, *usable)
        self.connection_name = after(primary.connection_name, *usable)
        self.address = after(primary.private_ip_address, *usable)
        self.databases = {key: after(database.name, database.id) for key, database in databases.items()}
        self.replicas = {
            region: after(
                each.connection_name,
                *usable,
                *entries(self, f"{name}-{region}", args.project, args.accounts, each),
            )
            for region, each in replicas.items()
        }
        self.seal()

    def _primary(self, name: str, args: CloudSqlArgs) -> sql.DatabaseInstance:
        settings: sql.DatabaseInstanceSettingsArgsDict = {
            **_settings(args),
            "availability_type": args.availability.value,
            "backup_configuration": args.backups.configuration(),
            "final_backup_config": {"enabled": True, "retention_days": args.backups.final_days},
            "retain_backups_on_delete": True,
            "password_validation_policy": PASSWORDS,
            "maintenance_window": args.maintenance.window(),
        }
        return sql.DatabaseInstance(
            name,
            project=args.project.on(Api.SQL),
            region=args.region,
            database_version=VERSION,
            encryption_key_name=args.key,
            settings=settings,
            deletion_protection=args.deletion_protection,
            opts=self._instance(),
        )

    def _replica(
        self, name: str, args: CloudSqlArgs, primary: sql.DatabaseInstance, region: str
    ) -> sql.DatabaseInstance:
        """A copy in another region; backups, passwords and maintenance are the primary's."""
        return sql.DatabaseInstance(
            name,
            project=args.project.on(Api.SQL),
            region=region,
            database_version=VERSION,
            master_instance_name=primary.name,
            encryption_key_name=args.replicas[region],
            settings={**_settings(args), "availability_type": Availability.ZONAL.value},
            deletion_protection=args.deletion_protection,
            opts=self._instance(),
        )

    def _instance(self) -> ResourceOptions:
        """The size of the disk counts at the start only.

        A disk that has grown would have the instance replaced by a smaller, empty one
        (hashicorp/terraform-provider-google#18296).
        """
        return self.child(ignore_changes=["settings.diskSize"])

    def _database(
        self, name: str, args: CloudSqlArgs, primary: sql.DatabaseInstance, database: str
    ) -> sql.Database:
        return sql.Database(
            name,
            project=args.project.on(Api.SQL),
            instance=primary.name,
            name=database,
            deletion_policy="ABANDON",
            opts=self.child(deleted_with=primary),
        )


def _settings(args: CloudSqlArgs) -> sql.DatabaseInstanceSettingsArgsDict:
    """What the primary and its replicas have in common.

    Query Insights stays off, as Google leaves it: it samples five query plans a minute, with the values that
    were looked for, and the provider cannot ask for none (it leaves a zero out of the request).
    """
    return {
        "edition": "ENTERPRISE",
        "tier": args.tier,
        "disk_type": "PD_SSD",
        "disk_size": args.disk_gb,
        "disk_autoresize": True,
        "ip_configuration": {
            "ipv4_enabled": False,
            "private_network": args.network,
            "allocated_ip_range": args.allocated_range,
            "ssl_mode": "TRUSTED_CLIENT_CERTIFICATE_REQUIRED",
            "server_ca_mode": "GOOGLE_MANAGED_CAS_CA",
            "server_certificate_rotation_mode": "AUTOMATIC_ROTATION_DURING_MAINTENANCE",
        },
        "connector_enforcement": "REQUIRED",
        "data_api_access": "DISALLOW_DATA_API",
        "database_flags": flags(args.flags),
        "deletion_protection_enabled": args.deletion_protection,
        "user_labels": classified(args.labels, args.classification),
    }
