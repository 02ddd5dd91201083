"""The cloud side's database."""

import pytest

from tests.components.cloud.database.world import ELSEWHERE, PRIMARY, REPLICA, program
from tests.components.cloud.recorded import NETWORK, REGION, Recording, build


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
    ],
)
def test_each_key_network_and_instance_is_in_its_place(
    deployed: Recording, address: str, path: str, part: str
) -> None:
    assert part in str(deployed.at(address, path))


def test_an_instance_waits_for_its_api_its_key_and_private_services_only(recording: Recording) -> None:
    private = {"GlobalAddress psa", "Connection psa"}
    key = {"CryptoKey keys-database", "CryptoKeyIAMMember keys-database"}
    assert recording.waits(PRIMARY) == {"Service apis-sqladmin", *private, *key}
    replicated = {"CryptoKey keys-replica", "CryptoKeyIAMMember keys-replica"}
    assert recording.waits(REPLICA) == {"Service apis-sqladmin", PRIMARY, *private, *replicated}


@pytest.mark.parametrize("address", [PRIMARY, REPLICA])
def test_a_disk_that_has_grown_replaces_nothing(recording: Recording, address: str) -> None:
    assert recording.resource(address).ignore_changes == ("settings.diskSize",)


def test_what_the_program_tells_is_by_database_and_by_region(deployed: Recording) -> None:
    outputs = deployed.component("records").outputs
    assert outputs is not None
    assert outputs["databases"] == {"metrics": "metrics", "records": "records"}
    assert outputs["replicas"] == {ELSEWHERE: "records-us-east1-connectionName"}
    assert outputs["connection_name"] == "records-connectionName"
    assert outputs["address"] == "records-privateIpAddress"
    assert outputs["name"] == "records-name"
