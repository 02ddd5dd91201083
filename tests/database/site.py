"""A hospital's server and the cloud's, migrated as a deployment migrates them."""

import os
import shutil
import subprocess
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from components.onprem.postgres import roles
from tests.components.onprem.postgres.conftest import Hospital
from tests.dbmate import dbmate
from tests.postgres.people import give
from tests.postgres.ports import free
from tests.postgres.server import RefusalError, Server, folder

SQL: Final = Path(__file__).parents[2] / "database"
KEY: Final = "5e" * 32
PASSWORD: Final = "given-by-the-rotation"  # noqa: S105 -- planted
PUBLISHED: Final = ("patients", "encounters", "vitals", "prescriptions")
ANALYTICS: Final = "analytics"


def migrate(address: str, place: str, table: str = "platform") -> str:
    """What a deployment's Job runs for one folder; the reason when it is refused."""
    line = [dbmate(), "--no-dump-schema", f"--migrations-table=migrations.{table}"]
    line += [f"--migrations-dir={SQL / place}", "--wait", "migrate", "--strict"]
    known = {"PATH": os.environ["PATH"], "DATABASE_URL": address}
    done = subprocess.run(line, env=known, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        raise RefusalError(done.stdout + done.stderr)
    return done.stdout


@dataclass(frozen=True, slots=True)
class Site:
    """The hospital, and what is run there."""

    hospital: Hospital

    @property
    def server(self) -> Server:
        """PostgreSQL in the hospital."""
        return self.hospital.server

    def migrate(self, database: str, place: str, table: str = "platform", role: str | None = None) -> str:
        """Migrate one of its databases, as its migrator and for its owner."""
        own = roles.migrator(database)
        paper = self.hospital.authority.paper(own)
        query = {
            "sslmode": "verify-full",
            "sslcert": str(paper.certificate),
            "sslkey": str(paper.key),
            "sslrootcert": str(self.hospital.authority.file),
            "role": role or roles.owner(database),
        }
        address = f"postgres://{own}@localhost:{self.server.port}/{database}?{urlencode(query)}"
        return migrate(address, place, table)

    def as_(self, role: str) -> Mapping[str, str]:
        """The environment of a client with that role's own certificate."""
        return self.hospital.as_(role, self.hospital.authority.paper(role))

    def clinical(self, statement: str) -> str:
        """Rows of the clinical database, as its superuser."""
        return self.server.sql(statement, roles.CLINICAL)

    def deidentified(self, statement: str) -> str:
        """Rows of the other, likewise."""
        return self.server.sql(statement, roles.DEIDENTIFIED)

    def owner(self, statement: str, database: str = roles.CLINICAL) -> str:
        """As a migration says it."""
        known = self.as_(roles.migrator(database))
        return self.server.sql(f"SET ROLE {roles.owner(database)}; {statement}", database, **known)

    def app(self, statement: str) -> str:
        """As a service says it."""
        return self.server.sql(statement, roles.CLINICAL, **self.as_(roles.app(roles.CLINICAL)))

    def scripts(self) -> Path:
        """The job's scripts, where the server's user may read them."""
        place = self.server.folder / "jobs"
        if not place.exists():
            shutil.copytree(SQL / "jobs", place)
            for each in (place, *place.iterdir()):
                give(each)
        return place

    def deidentify(self, k: int = 5, key: str | None = KEY, **other: str) -> Mapping[str, list[int]]:
        """One run of the job: for each table how many subjects (0: all), rows sent, rows held back."""
        reader, writer = (roles.deidentifier(database) for database in roles.DATABASES)
        there = {**self.as_(writer), "PGDATABASE": roles.DEIDENTIFIED, "PGPORT": str(self.server.port)}
        names = {"PGHOST": "host", "PGUSER": "user", "PGDATABASE": "dbname", "PGPORT": "port"}
        names |= {"PGSSLMODE": "sslmode", "PGSSLROOTCERT": "sslrootcert"}
        names |= {"PGSSLCERT": "sslcert", "PGSSLKEY": "sslkey"}
        known = {
            **self.as_(reader),
            "DEIDENTIFIED": " ".join(f"{names[each]}={there[each]}" for each in names),
            "RECEIVE": str(self.scripts() / "receive.sql"),
            **({"PGOPTIONS": f"-c deidentification.key={key}"} if key else {}),
            **other,
        }
        script = str(self.scripts() / "deidentify.sql")
        line = ("-X", "-q", "-A", "-t", "-v", f"k={k}", "-d", roles.CLINICAL, "-f", script)
        rows = [row.split("|") for row in self.server.run("psql", *line, **known).splitlines() if "|" in row]
        return {name: [int(each or 0) for each in numbers[1:]] for name, *numbers in rows}

    def subscription(self) -> str:
        """How the cloud reaches it."""
        known = f"host=localhost port={self.server.port} dbname={roles.DEIDENTIFIED} user={roles.REPLICATOR}"
        root = self.hospital.authority.file
        return f"{known} password={PASSWORD} sslmode=verify-full sslrootcert={root}"


@dataclass(frozen=True, slots=True)
class Cloud:
    """The server that stands for Cloud SQL."""

    server: Server

    def migrate(self, place: str, table: str = "platform") -> str:
        """Migrate the analytics database."""
        host = urlencode({"host": str(self.server.folder)})
        port = self.server.port
        return migrate(f"postgres://postgres@:{port}/{ANALYTICS}?{host}&sslmode=disable", place, table)

    def sql(self, statement: str) -> str:
        """Rows of the analytics database."""
        return self.server.sql(statement, ANALYTICS)

    def subscribe(self, site: Site) -> None:
        """Subscribe, or look for new tables."""
        script = str(site.scripts() / "subscribe.sql")
        line = ("-X", "-q", "-d", ANALYTICS, "-f", script)
        self.server.run("psql", *line, SUBSCRIPTION=site.subscription())

    def rows(self, relation: str) -> list[str]:
        """All of one table, in order."""
        return self.sql(f"SELECT t::text FROM deidentified.{relation} t ORDER BY key").splitlines()


def migrated(hospital: Hospital) -> Site:
    """That hospital, with the platform's migrations and the example's."""
    made = Site(hospital)
    for database in roles.DATABASES:
        made.migrate(database, database)
        made.migrate(database, f"example/{database}", "example")
    return made


@contextmanager
def subscribed(site: Site) -> Generator[Cloud]:
    """A cloud that follows that hospital, until the end."""
    with folder() as here, Server(here, free()) as server:
        server.create().configure({"wal_receiver_timeout": "5s"}).start()
        server.sql(f"CREATE DATABASE {ANALYTICS}")
        made = Cloud(server)
        made.migrate("cloud")
        made.migrate("example/cloud", "example")
        site.server.sql(f"ALTER ROLE {roles.REPLICATOR} PASSWORD '{PASSWORD}'")
        made.subscribe(site)
        yield made
        made.sql("ALTER SUBSCRIPTION hospital DISABLE")
