"""A running server with the hospital's own configuration."""

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Final

import pytest

from components.onprem.postgres import roles
from components.onprem.postgres.parameters import parameters
from tests.postgres.authority import Authority, Paper
from tests.postgres.ports import free
from tests.postgres.server import Server, folder, needed

LOOPBACK: Final = IPv4Network("127.0.0.0/8")

APP: Final = roles.app(roles.CLINICAL)
MIGRATOR: Final = roles.migrator(roles.CLINICAL)

STANDBYS: Final = (
    "hostssl postgres streaming_replica all cert map=cnpg_streaming_replica",
    "hostssl replication streaming_replica all cert map=cnpg_streaming_replica",
)
"""The operator's own lines, which come before ours."""


@dataclass(frozen=True, slots=True)
class Hospital:
    """A server with databases and roles as the operator makes them, and who has which certificate."""

    server: Server
    authority: Authority

    def as_(self, role: str, paper: Paper | None = None, **other: str) -> Mapping[str, str]:
        """The environment of a client who connects over TLS as that role, with that certificate."""
        shown = {"PGSSLCERT": str(paper.certificate), "PGSSLKEY": str(paper.key)} if paper else {}
        known = {"PGHOST": "localhost", "PGSSLMODE": "verify-full", "PGSSLROOTCERT": str(self.authority.file)}
        return {**known, "PGUSER": role, "PGCONNECT_TIMEOUT": "10", **shown, **other}


def ours() -> Mapping[str, str]:
    """Our parameters; Debian has no pg_failover_slots, whose parameters a server takes without it."""
    return {**parameters(memory_gib=1, wal_gib=5), "shared_preload_libraries": "pgaudit"}


@pytest.fixture(scope="module")
def hospital() -> Iterator[Hospital]:
    needed()
    with running() as made:
        yield made


@contextmanager
def running() -> Generator[Hospital]:
    """A server with the hospital's configuration, databases and roles; stopped at the end."""
    with folder() as here, Server(here, free()) as server:
        authority = Authority(here, "database")
        own = authority.paper("postgres-rw", ["localhost"])
        tls = {
            "ssl": "on",
            "ssl_cert_file": str(own.certificate),
            "ssl_key_file": str(own.key),
            "ssl_ca_file": str(authority.file),
        }
        server.create().configure({**ours(), **tls}, [*STANDBYS, *roles.admissions(LOOPBACK)])
        with (server.data / "pg_ident.conf").open("a", encoding="utf-8") as ident:
            ident.write("cnpg_streaming_replica streaming_replica streaming_replica\n")
        server.start()
        _people(server)
        yield Hospital(server, authority)


def wards(hospital: Hospital) -> Mapping[str, str]:
    """The environment of a migration that has made a table, and let the services in."""
    known = hospital.as_(MIGRATOR, hospital.authority.paper(MIGRATOR))
    hospital.server.sql(
        f"""SET ROLE {roles.owner(roles.CLINICAL)};
        CREATE TABLE IF NOT EXISTS public.patients (id bigint PRIMARY KEY, name text, cpf text UNIQUE);
        GRANT SELECT, INSERT, UPDATE, DELETE ON public.patients TO {APP};""",
        roles.CLINICAL,
        **known,
    )
    return known


def _people(server: Server) -> None:
    """What the operator does from ``initdb``, ``managed.roles``, ``DatabaseRole`` and ``Database``."""
    for statement in roles.SHUT:
        server.sql(statement, "template1")
    server.sql("CREATE ROLE streaming_replica WITH LOGIN REPLICATION")
    for role in roles.managed(LOOPBACK):
        words = ["LOGIN" if role["login"] else "NOLOGIN", "REPLICATION" if role.get("replication") else ""]
        server.sql(f"CREATE ROLE {role['name']} WITH {' '.join(words)}")
    for name in roles.CERTIFIED:
        role = roles.certified("postgres", name)
        member = f"IN ROLE {', '.join(role['inRoles'])}" if role["inRoles"] else ""
        server.sql(f"CREATE ROLE {name} WITH LOGIN {member}")
    for name in roles.DATABASES:
        described = roles.database("postgres", name)
        server.sql(f"CREATE DATABASE {name} OWNER {described['owner']} TEMPLATE {described['template']}")
        server.sql("CREATE EXTENSION pgaudit", name)
