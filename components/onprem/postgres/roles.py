"""Databases and roles: who there is, and through which door each of them comes."""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network
from typing import Any, Final

CLINICAL: Final = "clinical"
"""Patients who can be recognised; it is never replicated out of the hospital."""

DEIDENTIFIED: Final = "deidentified"
"""Pseudonymous keys and allow-listed columns; the cloud takes them from here."""

DATABASES: Final = (CLINICAL, DEIDENTIFIED)

OWN: Final = "platform"
"""An empty database: the operator makes one with an owner, and reads its metrics in it. So the operator's
monitoring never connects to where patients are, and the password that it makes opens nothing."""

REPLICATOR: Final = "deidentified_replicator"
"""The one role that may replicate; the cloud's subscriber. It has no password until the rotation gives it one
(a subscription cannot show a certificate: Cloud SQL has no file to read it from), so nobody can be it."""


def owner(database: str) -> str:
    """Owns the database and what is in it; nobody logs in as it."""
    return f"{database}_owner"


def app(database: str) -> str:
    """The services; it may do what migrations grant it."""
    return f"{database}_app"


def migrator(database: str) -> str:
    """The migrations; a member of the owner."""
    return f"{database}_migrator"


def deidentifier(database: str) -> str:
    """The job that takes out of the data who a patient is (``database/jobs``); it may read no table."""
    return f"{database}_deidentifier"


CERTIFIED: Final = tuple(name(database) for database in DATABASES for name in (app, migrator, deidentifier))
"""Those who log in with a certificate: the operator signs one for each with the database's own authority,
and renews it; it lies in the Secret ``<cluster>-<role>-client-cert``, with hyphens for underscores. So a
certificate of the hospital's own authority, which any namespace may ask for, opens nothing here."""

CONNECTIONS: Final[Mapping[str, int]] = {
    **{app(database): 80 for database in DATABASES},
    **{migrator(database): 5 for database in DATABASES},
    **{deidentifier(database): 2 for database in DATABASES},
    REPLICATOR: 8,
}
"""At the same time; together fewer than the server has (``parameters.ORDER``)."""


def managed(replication: IPv4Network | None) -> Sequence[Mapping[str, Any]]:
    """Roles that the operator brings back to this whenever somebody has changed them."""
    silent = {"ensure": "present", "login": False}
    owners = [{"name": owner(database), **silent} for database in DATABASES]
    own = {"name": OWN, **silent}
    replicator = {
        "name": REPLICATOR,
        "ensure": "present" if replication else "absent",
        "login": True,
        "replication": True,
        "connectionLimit": CONNECTIONS[REPLICATOR],
    }
    return [own, *owners, replicator]


def certified(cluster: str, role: str) -> Mapping[str, Any]:
    """The description of a role that logs in with a certificate."""
    database = role.rpartition("_")[0]
    return {
        "cluster": {"name": cluster},
        "name": role,
        "login": True,
        "disablePassword": True,
        "connectionLimit": CONNECTIONS[role],
        "inRoles": [owner(database)] if role == migrator(database) else [],
        "clientCertificate": {"enabled": True},
        "databaseRoleReclaimPolicy": "retain",
    }


def database(cluster: str, name: str) -> Mapping[str, Any]:
    """The description of a database; it outlives its description."""
    return {
        "cluster": {"name": cluster},
        "name": name,
        "owner": owner(name),
        "encoding": "UTF8",
        "template": "template1",
        "databaseReclaimPolicy": "retain",
    }


def admissions(replication: IPv4Network | None) -> Sequence[str]:
    """Lines of ``pg_hba.conf``, after the operator's own and in place of its last one, which lets all ask.

    The first line that fits decides. A logical replication connection is one to its database; a physical one,
    which would carry both databases, is the operator's own standbys' alone.
    """
    return [
        f"host {CLINICAL} {REPLICATOR} all reject",
        "hostnossl all all all reject",
        f"hostssl {DEIDENTIFIED} streaming_replica all cert map=cnpg_streaming_replica",  # pg_failover_slots
        *(f"hostssl {role.rpartition('_')[0]} {role} all cert" for role in CERTIFIED),
        *([f"hostssl {DEIDENTIFIED} {REPLICATOR} {replication} scram-sha-256"] if replication else []),
        "host replication all all reject",
        "host all all all reject",
    ]


SHUT: Final = ("REVOKE CREATE ON SCHEMA public FROM PUBLIC",)
"""Run in ``template1``, so that every database begins with it; migrations grant what is needed."""
