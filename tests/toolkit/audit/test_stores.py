"""What is found out about stores: place, key, copies, readers; the data map; secrets."""

from pathlib import Path

import pytest

from policies.kinds import BACKUP_PLAN, LOG_BUCKET
from tests.toolkit.audit.hospital import (
    BUCKET,
    CLUSTER,
    GRANT,
    HERE,
    INSTANCE,
    KEYS,
    PROJECT,
    PROJECT_GRANT,
    SECRET,
    TOPIC,
    audited,
    bucket,
    changed,
    grant,
    hospital,
    member,
)
from tests.toolkit.exports import row
from tests.toolkit.graphs import urn
from toolkit.audit.stores import Reader, Spot, Store
from toolkit.audit.stores.roles import reads

SUBSCRIPTION = "gcp:pubsub/subscription:Subscription"
SUBSCRIBER = "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember"


def store(folder: Path, export: object, name: str) -> Store:
    return next(each for each in audited(folder, export).stores if each.urn.endswith(f"::{name}"))


def told(readers: list[Reader] | object) -> set[tuple[str, str]]:
    assert isinstance(readers, list)
    return {(reader.member, reader.role) for reader in readers}


def test_a_bucket_is_told_with_place_key_rotation_and_readers(tmp_path: Path) -> None:
    documents = store(tmp_path, hospital(), "documents")

    assert (documents.name, documents.classification) == (f"{PROJECT}-documents", "patient")
    assert documents.spots == [Spot(location="southamerica-east1", country="BR")]
    (key,) = documents.keys
    assert (key.name, key.rotation_days, key.hardware) == ("objects", 90, True)
    assert told(documents.readers) == {(member("site-norte"), "roles/storage.objectUser")}
    assert [said.en for said in documents.backup] == ["Versions kept"]


def test_the_most_sensitive_stores_come_first_and_unclassified_ones_before_harmless_ones(
    tmp_path: Path,
) -> None:
    stores = audited(tmp_path, hospital()).stores
    assert [each.classification for each in stores] == ["patient", "deidentified", "", "", "internal"]


def test_a_key_of_elsewhere_and_none_at_all_are_told_apart(tmp_path: Path) -> None:
    export = hospital(
        bucket("foreign", encryption={"defaultKmsKeyName": f"{KEYS}/unknown-one"}),
        bucket("plain", encryption=None),
    )
    (key,) = store(tmp_path, export, "foreign").keys
    assert (key.urn, key.name) == ("", f"{KEYS}/unknown-one")
    assert store(tmp_path, export, "plain").keys == []


@pytest.mark.parametrize(
    ("role", "service", "verdict"),
    [
        ("roles/storage.objectViewer", "storage", True),
        ("roles/storage.objectCreator", "storage", False),
        ("roles/owner", "secretmanager", True),
        ("roles/pubsub.publisher", "pubsub", False),
        ("roles/storage.somethingNew", "storage", None),
        ("projects/p/roles/custom", "storage", None),
        ("roles/cloudsql.client", "storage", False),
    ],
)
def test_a_role_reads_or_not_or_nobody_knows(role: str, service: str, verdict: bool | None) -> None:  # noqa: FBT001 -- a row of the table above
    assert reads(role, service) is verdict


def test_who_only_writes_is_no_reader_and_a_role_nobody_knows_is_told(tmp_path: Path) -> None:
    export = hospital(
        grant(
            GRANT,
            "writer",
            bucket=f"{PROJECT}-documents",
            role="roles/storage.objectCreator",
            member="group:w",
        ),
        grant(GRANT, "custom", bucket=f"{PROJECT}-documents", role="projects/p/roles/x", member="group:x"),
        grant(
            GRANT, "all", bucket=f"{PROJECT}-documents", role="roles/storage.objectViewer", member="allUsers"
        ),
    )
    readers = store(tmp_path, export, "documents").readers
    assert {reader.member for reader in readers} == {member("site-norte"), "group:x", "allUsers"}
    assert [reader.public for reader in readers if reader.member == "allUsers"] == [True]
    assert any("does not know" in reader.how.en for reader in readers if reader.member == "group:x")


def test_a_project_wide_grant_counts_for_each_store_that_its_role_reads(tmp_path: Path) -> None:
    export = hospital(
        grant(PROJECT_GRANT, "wide", project=PROJECT, role="roles/viewer", member="group:auditors")
    )
    for name in ("documents", "database", "password"):
        assert ("group:auditors", "roles/viewer") in told(store(tmp_path, export, name).readers)
    assert told(store(tmp_path, hospital(), "database").readers) == {
        (member("backend"), "roles/cloudsql.client")
    }


def test_a_condition_that_names_a_store_counts_for_that_store_only(tmp_path: Path) -> None:
    condition = {"title": "only database", "expression": "resource.name == 'analytics'"}
    export = hospital(
        row(INSTANCE, "other", inputs={"name": "other", "region": "us-east4"}),
        row(
            PROJECT_GRANT,
            "only",
            inputs={"role": "roles/cloudsql.instanceUser", "member": "group:one", "condition": condition},
            propertyDependencies={"condition": [urn(INSTANCE, "database")]},
        ),
    )
    (reader,) = [each for each in store(tmp_path, export, "database").readers if each.member == "group:one"]
    assert reader.condition == condition["expression"]
    assert "group:one" not in {each.member for each in store(tmp_path, export, "other").readers}


def test_members_of_a_binding_and_readers_of_a_subscription_are_found(tmp_path: Path) -> None:
    binding = "gcp:storage/bucketIAMBinding:BucketIAMBinding"
    export = hospital(
        grant(
            binding,
            "both",
            bucket=f"{PROJECT}-documents",
            role="roles/storage.objectViewer",
            members=["group:a", "group:b"],
        ),
        row(SUBSCRIPTION, "pull", inputs={"name": "pull", "topic": f"projects/{PROJECT}/topics/due"}),
        grant(SUBSCRIBER, "pull", subscription="pull", role="roles/pubsub.subscriber", member="group:c"),
    )
    assert {"group:a", "group:b"} <= {each.member for each in store(tmp_path, export, "documents").readers}
    assert told(store(tmp_path, export, "due").readers) == {("group:c", "roles/pubsub.subscriber")}


def test_copies_are_told_where_they_are(tmp_path: Path) -> None:
    backups = {"enabled": True, "location": "us", "pointInTimeRecoveryEnabled": True}
    export = changed(
        hospital(
            row(INSTANCE, "copy", inputs={"region": "us-east4", "masterInstanceName": "analytics"}),
            row(
                BACKUP_PLAN,
                "plan",
                inputs={
                    "name": "plan",
                    "location": "us-east4",
                    "cluster": f"{HERE}/clusters/cluster",
                    "retentionPolicy": {"backupRetainDays": 35, "backupDeleteLockDays": 30},
                },
            ),
            row(LOG_BUCKET, "logs", inputs={"location": "global", "retentionDays": 400, "locked": True}),
        ),
        "database",
        inputs={"name": "analytics", "region": "us-central1", "settings": {"backupConfiguration": backups}},
    )

    database = store(tmp_path, export, "database")
    assert [(spot.location, spot.backup) for spot in database.spots] == [("us-central1", False), ("US", True)]
    assert [said.pt for said in database.backup] == [
        "Backups diários, 7 mantidos, em US",
        "Qualquer segundo dos últimos 7 dias",
    ]
    assert [said.en for said in store(tmp_path, export, "copy").backup] == [
        "Copy of analytics, kept up to date"
    ]
    assert [said.en for said in store(tmp_path, export, "cluster").backup] == ["Backed up by plan"]
    assert [said.en for said in store(tmp_path, export, "plan").retention] == [
        "Backups kept 35 days, nobody can delete them for 30 days"
    ]
    assert [said.en for said in store(tmp_path, export, "logs").retention] == [
        "Logs kept 400 days, the period is locked"
    ]


def test_the_data_map_names_transfers_and_what_nobody_declared(tmp_path: Path) -> None:
    lines = {line.store: line for line in audited(tmp_path, hospital()).lines}

    assert (lines["documents"].transfer, lines["documents"].mechanism.en) == ("home", "None needed")
    assert lines["database"].transfer == "transfer"
    assert "art. 33" in lines["database"].mechanism.pt
    assert "art. 11" in lines["documents"].basis.pt
    assert {name for name, line in lines.items() if not line.declared} == {"cluster", "due", "password"}
    assert lines["due"].transfer == "unknown"


def test_a_declaration_that_is_not_true_is_told(tmp_path: Path) -> None:
    export = hospital()
    export["deployment"]["resources"][0]["outputs"]["data_map"][0]["location"] = "us-central1"
    line = next(line for line in audited(tmp_path, export).lines if line.store == "documents")
    assert line.source.en == "Declared in us-central1, found in southamerica-east1"


def test_a_basis_and_a_mechanism_of_the_stack_itself_count_more(tmp_path: Path) -> None:
    export = hospital()
    own = {"legal_basis": "LGPD art. 11, II, e", "mechanism": "art. 33, VIII"}
    export["deployment"]["resources"][0]["outputs"]["data_map"][1].update(own)
    line = next(line for line in audited(tmp_path, export).lines if line.store == "database")
    assert (line.basis.pt, line.mechanism.en) == ("LGPD art. 11, II, e", "art. 33, VIII")


def test_secrets_tell_their_age_and_who_is_told(tmp_path: Path) -> None:
    bare = row(SECRET, "bare", inputs={"secretId": "bare"})
    found = {one.name: one for one in audited(tmp_path, hospital(bare)).secrets}
    assert (found["password"].days, found["password"].topic) == (90, "due")
    assert (found["bare"].days, found["bare"].topic, found["bare"].status) == (None, "", "fail")


def test_secret_values_in_the_state_are_listed(tmp_path: Path) -> None:
    version = "gcp:secretmanager/secretVersion:SecretVersion"
    export = hospital(
        row(version, "empty", inputs={"secret": "password"}),
        row("random:index/randomPassword:RandomPassword", "made", inputs={"length": 20}),
    )
    assert [each.name for each in audited(tmp_path, export).material] == ["made"]


def test_types_of_other_packages_are_listed_as_unknown(tmp_path: Path) -> None:
    kinds = {each.type: each for each in audited(tmp_path, hospital(row("aws:s3:Bucket", "elsewhere"))).kinds}
    assert (kinds["aws:s3:Bucket"].known, kinds["aws:s3:Bucket"].count) == (False, 1)
    assert (kinds[BUCKET].known, kinds[BUCKET].store, kinds[TOPIC].store) == (True, True, True)
    assert kinds[CLUSTER].rules
