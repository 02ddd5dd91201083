"""One instance of every component of the database, for the contract tests, and arguments for the others."""

from collections.abc import Callable, Mapping
from ipaddress import IPv4Network
from typing import Any, Final

from pulumi import ResourceOptions

from components.base import Component
from components.onprem.postgres.archive import Archive
from components.onprem.postgres.arguments import PostgresArgs
from components.onprem.postgres.cluster import Postgres
from components.onprem.postgres.operator import DatabaseOperator, DatabaseOperatorArgs

CLOUD: Final = IPv4Network("10.76.0.0/16")
AUDIENCE: Final = (
    "//iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/sites/providers/recife"
)


def archive(**other: Any) -> Archive:
    """An archive in the bucket of backups."""
    known: dict[str, Any] = {
        "bucket": "example-backups",
        "prefix": "postgres/recife",
        "project": "example",
        "credentials": '{"type": "external_account"}',
        "audience": AUDIENCE,
    }
    return Archive(**{**known, **other})


def hospital(**other: Any) -> PostgresArgs:
    """A hospital's database, with everything that it can have."""
    known: dict[str, Any] = {
        "namespace": "data",
        "operator": "cnpg-system",
        "instances": 3,
        "storage_class": "longhorn-crypto-strict-local",
        "data_gib": 200,
        "wal_gib": 50,
        "archive": archive(),
        "issuer": "hospital",
        "clients": ["clinical", "inference"],
        "servers": [IPv4Network("10.20.0.8/29")],
        "replication_from": CLOUD,
        "tolerations": [
            {"key": "duty", "operator": "Equal", "value": "data-processing", "effect": "NoSchedule"}
        ],
    }
    return PostgresArgs(**{**known, **other})


def laptop(**other: Any) -> PostgresArgs:
    """A developer's database."""
    small: dict[str, Any] = {
        "instances": 1,
        "storage_class": "local-path",
        "data_gib": 5,
        "wal_gib": 5,
        "cpus": 1,
        "memory_gib": 1,
        "archive": None,
        "issuer": None,
        "replication_from": None,
        "tolerations": (),
    }
    return hospital(**{**small, **other})


def _operator(name: str, opts: ResourceOptions | None) -> Component:
    return DatabaseOperator(name, DatabaseOperatorArgs(namespace="cnpg-system", certificates="ready"), opts)


def _postgres(name: str, opts: ResourceOptions | None) -> Component:
    return Postgres(name, hospital(), opts)


SAMPLES: Mapping[type[Component], Callable[[str, ResourceOptions | None], Component]] = {
    DatabaseOperator: _operator,
    Postgres: _postgres,
}
