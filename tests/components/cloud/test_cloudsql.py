"""The cloud side's database."""

import pytest
from pulumi import ResourceOptions

from components.cloud.cloudsql import CloudSql
from components.cloud.database_settings import Availability, DatabaseBackups
from components.cloud.identity import Identity, IdentityArgs
from components.cloud.keys import Key, Keys, KeysArgs
from components.cloud.private_services import PrivateServices, PrivateServicesArgs
from components.cloud.project import Api, Project
from components.cloud.weekly import DatabaseMaintenance, Weekday
from tests.components.cloud.cluster import cloud_sql
from tests.components.cloud.recorded import (
    LABELS,
    NETWORK,
    PROJECT,
    REGION,
    Recording,
    build,
    networks,
)

PRIMARY = "DatabaseInstance records"
ELSEWHERE = "us-east1"
REPLICA = f"DatabaseInstance records-{ELSEWHERE}"


def program(project: Project) -> None:
    agent = project.agent(Api.SQL)
    keys = {"database": Key(location=REGION, agent=agent), "replica": Key(location=ELSEWHERE, agent=agent)}
    ids = Keys("keys", KeysArgs(project=project, keys=keys)).ids
    (range_,) = networks("10.76.0.0/16")
    private = PrivateServices(
        "psa",
        PrivateServicesArgs(
            project=project, network=NETWORK, network_name="vpc", range=range_, export_routes=True
        ),
    )
    api = Identity("api", IdentityArgs(project=project, account_id="records-api", display_name="Records"))
    args = cloud_sql(
        project,
        network=private.network,
        allocated_range=private.range_name,
        key=ids["database"],
        databases=["records", "metrics"],
        accounts={"api": api.email},
        replicas={ELSEWHERE: ids["replica"]},
        labels=LABELS,
        flags={"max_connections": "200"},
    )
    CloudSql("records", args, ResourceOptions(protect=True))
    small = cloud_sql(
        project,
        availability=Availability.ZONAL,
        tier="db-custom-1-3840",
        disk_gb=100,
        deletion_protection=False,
        backups=DatabaseBackups(location="us", kept=7, final_days=1, hour=23),
        maintenance=DatabaseMaintenance(day=Weekday.MONDAY, hour=0),
    )
    CloudSql("small", small)


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


@pytest.fixture(scope="module")
def deployed() -> Recording:
    return build(program, preview=False)


COMMON = [
    ("name", None),
    ("databaseVersion", "POSTGRES_15"),
    ("deletionProtection", True),
    ("rootPassword", None),
    ("settings.edition", "ENTERPRISE"),
    ("settings.tier", "db-custom-2-8192"),
    ("settings.diskType", "PD_SSD"),
    ("settings.diskSize", 20),
    ("settings.diskAutoresize", True),
    ("settings.ipConfiguration.ipv4Enabled", False),
    ("settings.ipConfiguration.authorizedNetworks", None),
    ("settings.ipConfiguration.sslMode", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"),
    ("settings.ipConfiguration.serverCaMode", "GOOGLE_MANAGED_CAS_CA"),
    ("settings.ipConfiguration.serverCertificateRotationMode", "AUTOMATIC_ROTATION_DURING_MAINTENANCE"),
    ("settings.connectorEnforcement", "REQUIRED"),
    ("settings.dataApiAccess", "DISALLOW_DATA_API"),
    ("settings.deletionProtectionEnabled", True),
    ("settings.insightsConfig", None),  # its plans show values, and none cannot be asked for
    ("settings.userLabels", {"owner": "platform", "data-classification": "deidentified"}),
]


@pytest.mark.parametrize("address", [PRIMARY, REPLICA])
@pytest.mark.parametrize(("path", "expected"), COMMON)
def test_every_instance_is_private_and_answers_connectors_only(
    recording: Recording, address: str, path: str, expected: object
) -> None:
    assert recording.at(address, path) == expected


@pytest.mark.parametrize(
    ("address", "path", "expected"),
    [
        (PRIMARY, "region", REGION),
        (PRIMARY, "settings.availabilityType", "REGIONAL"),
        (PRIMARY, "settings.backupConfiguration.enabled", True),
        (PRIMARY, "settings.backupConfiguration.pointInTimeRecoveryEnabled", True),
        (PRIMARY, "settings.backupConfiguration.transactionLogRetentionDays", 7),
        (PRIMARY, "settings.backupConfiguration.location", REGION),
        (PRIMARY, "settings.backupConfiguration.startTime", "03:00"),
        (PRIMARY, "settings.backupConfiguration.backupRetentionSettings.retainedBackups", 30),
        (PRIMARY, "settings.backupConfiguration.backupRetentionSettings.retentionUnit", "COUNT"),
        (PRIMARY, "settings.finalBackupConfig", {"enabled": True, "retentionDays": 90}),
        (PRIMARY, "settings.retainBackupsOnDelete", True),
        (PRIMARY, "settings.passwordValidationPolicy.enablePasswordPolicy", True),
        (PRIMARY, "settings.passwordValidationPolicy.complexity", "COMPLEXITY_DEFAULT"),
        (PRIMARY, "settings.passwordValidationPolicy.minLength", 16),
        (PRIMARY, "settings.passwordValidationPolicy.reuseInterval", 5),
        (PRIMARY, "settings.passwordValidationPolicy.disallowUsernameSubstring", True),
        (PRIMARY, "settings.maintenanceWindow", {"day": 7, "hour": 5, "updateTrack": "stable"}),
        (REPLICA, "settings.maintenanceWindow", None),
        (REPLICA, "region", ELSEWHERE),
        (REPLICA, "settings.availabilityType", "ZONAL"),
        (REPLICA, "settings.backupConfiguration", None),
        (REPLICA, "settings.passwordValidationPolicy", None),
        ("DatabaseInstance small", "settings.availabilityType", "ZONAL"),
        ("DatabaseInstance small", "settings.backupConfiguration.enabled", True),
        ("DatabaseInstance small", "settings.backupConfiguration.pointInTimeRecoveryEnabled", True),
        ("DatabaseInstance small", "settings.backupConfiguration.location", "us"),
        ("DatabaseInstance small", "settings.backupConfiguration.startTime", "23:00"),
        ("DatabaseInstance small", "settings.finalBackupConfig.retentionDays", 1),
        ("DatabaseInstance small", "settings.diskSize", 100),
        ("DatabaseInstance small", "settings.tier", "db-custom-1-3840"),
        ("DatabaseInstance small", "settings.maintenanceWindow.day", 1),
        ("DatabaseInstance small", "deletionProtection", False),
        ("DatabaseInstance small", "settings.deletionProtectionEnabled", False),
        ("Database records-metrics", "name", "metrics"),
        ("Database records-metrics", "deletionPolicy", "ABANDON"),
        ("User records-api", "type", "CLOUD_IAM_SERVICE_ACCOUNT"),
        ("User records-api", "deletionPolicy", "ABANDON"),
        ("User records-api", "password", None),
        ("IAMMember records-api-cloudsql.client", "role", "roles/cloudsql.client"),
        ("IAMMember records-api-cloudsql.client", "project", PROJECT),
        ("IAMMember records-api-cloudsql.instanceUser", "role", "roles/cloudsql.instanceUser"),
        ("IAMMember records-api-cloudsql.instanceUser", "condition.title", "only records"),
    ],
)
def test_a_database_survives_a_zone_and_a_mistake(
    recording: Recording, address: str, path: str, expected: object
) -> None:
    assert recording.at(address, path) == expected


@pytest.mark.parametrize("address", [PRIMARY, REPLICA])
def test_every_flag_of_the_audit_is_set(recording: Recording, address: str) -> None:
    flags = recording.at(address, "settings.databaseFlags")
    assert isinstance(flags, list)
    assert {flag["name"]: flag["value"] for flag in flags} == {
        "cloudsql.enable_pgaudit": "on",
        "cloudsql.iam_authentication": "on",
        "log_checkpoints": "on",
        "log_connections": "on",
        "log_disconnections": "on",
        "log_hostname": "on",
        "log_lock_waits": "on",
        "log_min_duration_statement": "-1",
        "log_min_error_statement": "error",
        "log_min_messages": "warning",
        "log_statement": "ddl",
        "log_temp_files": "0",
        "max_connections": "200",
        "pgaudit.log": "ddl,role,read,write",
        "pgaudit.log_parameter": "off",
    }


@pytest.mark.parametrize(
    ("address", "path", "part"),
    [
        (PRIMARY, "encryptionKeyName", "keys-database"),
        (PRIMARY, "settings.ipConfiguration.privateNetwork", NETWORK),
        (PRIMARY, "settings.ipConfiguration.allocatedIpRange", "psa-name"),
        (REPLICA, "encryptionKeyName", "keys-replica"),
        (REPLICA, "masterInstanceName", "records-name"),
        (REPLICA, "settings.ipConfiguration.privateNetwork", NETWORK),
        ("User records-api", "instance", "records-name"),
        ("Database records-records", "instance", "records-name"),
        ("IAMMember records-api-cloudsql.client", "member", "serviceAccount:api-email"),
        (
            "IAMMember records-api-cloudsql.client",
            "condition.expression",
            (
                "resource.service == 'sqladmin.googleapis.com' && "
                "resource.name == 'projects/aurora-prod/instances/records-name'"
            ),
        ),
    ],
)
def test_each_key_network_and_instance_is_in_its_place(
    deployed: Recording, address: str, path: str, part: str
) -> None:
    assert part in str(deployed.at(address, path))


def test_a_grant_is_good_for_one_instance_only(deployed: Recording) -> None:
    """The form is Google's own (https://cloud.google.com/sql/docs/postgres/iam-conditions)."""
    assert deployed.at(f"IAMMember records-{ELSEWHERE}-api-cloudsql.client", "condition") == {
        "title": f"only records-{ELSEWHERE}",
        "expression": (
            "resource.service == 'sqladmin.googleapis.com' && "
            "resource.name == 'projects/aurora-prod/instances/records-us-east1-name'"
        ),
    }


def test_a_user_has_the_name_that_postgresql_sees() -> None:
    def known(project: Project) -> None:
        accounts = {"api": "records-api@aurora-prod.iam.gserviceaccount.com"}
        CloudSql("records", cloud_sql(project, accounts=accounts))

    assert build(known).at("User records-api", "name") == "records-api@aurora-prod.iam"


def test_an_instance_waits_for_its_api_its_key_and_private_services_only(recording: Recording) -> None:
    private = {"GlobalAddress psa", "Connection psa"}
    key = {"CryptoKey keys-database", "CryptoKeyIAMMember keys-database"}
    assert recording.waits(PRIMARY) == {"Service apis-sqladmin", *private, *key}
    replicated = {"CryptoKey keys-replica", "CryptoKeyIAMMember keys-replica"}
    assert recording.waits(REPLICA) == {"Service apis-sqladmin", PRIMARY, *private, *replicated}


def test_databases_and_users_wait_for_the_primary_and_not_for_each_other(recording: Recording) -> None:
    assert recording.waits("Database records-metrics") == {"Service apis-sqladmin", PRIMARY}
    assert recording.waits("User records-api") == {"Service apis-sqladmin", PRIMARY, "Account api"}
    granting = {"Service apis-cloudresourcemanager", "Account api"}
    assert recording.waits("IAMMember records-api-cloudsql.client") == {PRIMARY, *granting}
    assert recording.waits(f"IAMMember records-{ELSEWHERE}-api-cloudsql.client") == {REPLICA, *granting}


@pytest.mark.parametrize("address", [PRIMARY, REPLICA])
def test_a_disk_that_has_grown_replaces_nothing(recording: Recording, address: str) -> None:
    assert recording.resource(address).ignore_changes == ("settings.diskSize",)


@pytest.mark.parametrize("address", ["Database records-records", "User records-api"])
def test_what_lies_in_the_instance_goes_with_it(recording: Recording, address: str) -> None:
    assert recording.resource(address).deleted_with == recording.resource(PRIMARY).urn


@pytest.mark.parametrize(
    "address",
    ["User records-api", *(f"IAMMember records-api-cloudsql.{role}" for role in ("client", "instanceUser"))],
)
def test_access_can_be_taken_away_where_data_is_protected(recording: Recording, address: str) -> None:
    assert recording.resource(PRIMARY).protect
    assert not recording.resource(address).protect


def test_what_the_program_tells_is_by_database_and_by_region(deployed: Recording) -> None:
    outputs = deployed.component("records").outputs
    assert outputs is not None
    assert outputs["databases"] == {"metrics": "metrics", "records": "records"}
    assert outputs["replicas"] == {ELSEWHERE: "records-us-east1-connectionName"}
    assert outputs["connection_name"] == "records-connectionName"
    assert outputs["address"] == "records-privateIpAddress"
    assert outputs["name"] == "records-name"
