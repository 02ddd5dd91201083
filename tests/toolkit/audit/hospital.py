"""A small hospital's state, as the engine exports it, and larger ones made of it."""

import copy
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from policies.waivers import Waiver
from tests.toolkit.exports import deployment, row
from tests.toolkit.graphs import urn
from toolkit.audit.report import Report, report
from toolkit.audit.subject import exported

ROOT: Final = Path(__file__).parents[3]
NOW: Final = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)

PROJECT: Final = "clinic-prod"
BUCKET: Final = "gcp:storage/bucket:Bucket"
GRANT: Final = "gcp:storage/bucketIAMMember:BucketIAMMember"
RING: Final = "gcp:kms/keyRing:KeyRing"
KEY: Final = "gcp:kms/cryptoKey:CryptoKey"
ACCOUNT: Final = "gcp:serviceaccount/account:Account"
INSTANCE: Final = "gcp:sql/databaseInstance:DatabaseInstance"
PROJECT_GRANT: Final = "gcp:projects/iAMMember:IAMMember"
SECRET: Final = "gcp:secretmanager/secret:Secret"  # noqa: S105 - the name of a type
SECRET_GRANT: Final = "gcp:secretmanager/secretIamMember:SecretIamMember"  # noqa: S105 - likewise
TOPIC: Final = "gcp:pubsub/topic:Topic"
NETWORK: Final = "gcp:compute/network:Network"
CLUSTER: Final = "gcp:container/cluster:Cluster"

HERE: Final = f"projects/{PROJECT}/locations/southamerica-east1"
KEYS: Final = f"{HERE}/keyRings/ring/cryptoKeys"


def bucket(name: str, **inputs: Any) -> dict[str, Any]:
    """A bucket for patients' documents, under the ring's key."""
    made = {
        "name": f"{PROJECT}-{name}",
        "location": "SOUTHAMERICA-EAST1",
        "labels": {"data-classification": "patient"},
        "encryption": {"defaultKmsKeyName": f"{KEYS}/objects"},
        "versioning": {"enabled": True},
    }
    return row(BUCKET, name, inputs={**made, **inputs})


def account(name: str) -> dict[str, Any]:
    """A service account."""
    return row(ACCOUNT, name, inputs={"accountId": name, "project": PROJECT})


def member(name: str) -> str:
    """A service account as grants name it."""
    return f"serviceAccount:{name}@{PROJECT}.iam.gserviceaccount.com"


def grant(kind: str, name: str, **inputs: Any) -> dict[str, Any]:
    """A grant."""
    return row(kind, name, inputs=inputs)


def rows() -> list[dict[str, Any]]:
    """A site's documents at home, a database abroad, a secret, and who reads them."""
    return [*_documents(), *_cloud(), *_secrets()]


def _documents() -> list[dict[str, Any]]:
    return [
        row(RING, "ring", inputs={"name": "ring", "location": "southamerica-east1"}),
        row(
            KEY,
            "objects",
            inputs={
                "name": "objects",
                "keyRing": f"{HERE}/keyRings/ring",
                "rotationPeriod": "7776000s",
                "versionTemplate": {"protectionLevel": "HSM"},
            },
        ),
        bucket("documents"),
        account("site-norte"),
        account("backend"),
        grant(
            GRANT,
            "documents-norte",
            bucket=f"{PROJECT}-documents",
            role="roles/storage.objectUser",
            member=member("site-norte"),
        ),
    ]


def _cloud() -> list[dict[str, Any]]:
    return [
        row(NETWORK, "core", inputs={"name": "core"}),
        row(
            CLUSTER,
            "cluster",
            inputs={"name": "cluster", "location": "southamerica-east1", "enableAutopilot": True},
            propertyDependencies={"network": [urn(NETWORK, "core")]},
        ),
        row(
            INSTANCE,
            "database",
            inputs={
                "name": "analytics",
                "region": "us-central1",
                "settings": {"userLabels": {"data-classification": "deidentified"}},
            },
        ),
        grant(
            PROJECT_GRANT, "client", project=PROJECT, role="roles/cloudsql.client", member=member("backend")
        ),
    ]


def _secrets() -> list[dict[str, Any]]:
    return [
        row(TOPIC, "due", inputs={"name": "due"}),
        row(
            SECRET,
            "password",
            inputs={
                "secretId": "password",
                "labels": {"data-classification": "internal"},
                "replication": {"userManaged": {"replicas": [{"location": "southamerica-east1"}]}},
                "rotation": {"rotationPeriod": "7776000s"},
                "topics": [{"name": f"projects/{PROJECT}/topics/due"}],
            },
        ),
        grant(
            SECRET_GRANT,
            "password-backend",
            secretId=f"projects/{PROJECT}/secrets/password",
            role="roles/secretmanager.secretAccessor",
            member=member("backend"),
        ),
    ]


def hospital(*more: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The whole export, with ``more`` resources; its stack tells its data map."""
    made = deployment(*rows(), *more, **fields)
    made["deployment"]["resources"][0]["outputs"] = {
        "region": "southamerica-east1",
        "data_map": [
            {
                "store": "documents",
                "classification": "patient",
                "location": "southamerica-east1",
                "country": "BR",
            },
            {
                "store": "database",
                "classification": "deidentified",
                "location": "us-central1",
                "country": "US",
            },
        ],
    }
    return made


def accepted(rule: str, resource: str, year: int = 2027) -> Waiver:
    """A waiver for the hospital, until the end of January of a year."""
    return Waiver(
        rule=rule,
        resource=resource,
        stacks=("dev",),
        project="clinic",
        reason="both move together",
        accepted_by="data protection officer",
        expires=date(year, 1, 31),
        compensating="nobody writes there",
    )


def large(count: int) -> dict[str, Any]:
    """A hospital of ``count`` resources: buckets with their grants."""
    more = []
    for number in range((count - len(rows()) - 1) // 2):
        more.append(bucket(f"ward-{number}"))
        more.append(
            grant(
                GRANT,
                f"ward-{number}",
                bucket=f"{PROJECT}-ward-{number}",
                role="roles/storage.objectViewer",
                member=member("backend"),
            )
        )
    return hospital(*more)


def changed(export: dict[str, Any], name: str, **fields: Any) -> dict[str, Any]:
    """A copy of ``export`` in which every row that is called ``name`` has other fields."""
    made = copy.deepcopy(export)
    for each in made["deployment"]["resources"]:
        if each["urn"].endswith(f"::{name}"):
            each.update(fields)
    return made


def saved(folder: Path, export: object, name: str = "export.json") -> Path:
    """``export`` as a file."""
    file = folder / name
    file.write_text(json.dumps(export), encoding="utf-8")
    return file


def audited(folder: Path, export: object, since: object = None) -> Report:
    """The report on an export."""
    previous = exported(saved(folder, since, "since.json"), ROOT, NOW) if since else None
    return report(exported(saved(folder, export), ROOT, NOW), previous)
