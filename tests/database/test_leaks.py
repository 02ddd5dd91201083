"""Planted names, numbers, addresses and words never leave the hospital, whatever column they are put in."""

import re
from collections.abc import Iterator
from itertools import count
from typing import Final

import pytest

from components.onprem.postgres import roles
from tests.database.site import PASSWORD, PUBLISHED, Cloud, Site
from tests.postgres.server import RefusalError, Server, until

pytestmark = pytest.mark.xdist_group("database-leaks")

MARKERS: Final = 200
SLOT: Final = "listener"
NUMBERS: Final = ("numeric", "bigint", "double precision")


def planted() -> Iterator[str]:
    """Names, CPF numbers with and without points, addresses, words of a letter; each once."""
    for n in count(1):
        yield (
            f"Iracema Planted{n:03}",
            f"{n:03}.456.789-{n % 97:02}",
            f"9{n:03}6543217",
            f"Rua Plantada, {n:03}-fundos",
            f"patient says planted-text-{n:03} at night",
        )[n % 5]


def columns(site: Site) -> list[tuple[str, str, str]]:
    """Every column of every clinical table with its type, but for keys, which are made."""
    rows = site.clinical("""SELECT c.relname, a.attname, format_type(a.atttypid, NULL) FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = 'clinical'::regnamespace AND c.relkind = 'r'
        AND format_type(a.atttypid, NULL) IN ('text', 'jsonb', 'bytea', 'numeric', 'bigint')
        AND a.attidentity = '' ORDER BY 1, 2""")
    return [(relation, name, kind) for relation, name, kind in (row.split("|") for row in rows.splitlines())]


def as_value(marker: str, kind: str) -> str:
    """The marker in that type; digits of its own for a number."""
    if kind in NUMBERS:
        return re.sub(r"\D", "", marker).rjust(11, "7")
    if kind == "bytea":
        return f"convert_to('{marker}', 'UTF8')"
    return f"""'{{"told": "{marker}"}}'""" if kind == "jsonb" else f"'{marker}'"


def plant(site: Site, markers: Iterator[str]) -> set[str]:
    """Rows that hold a marker in every column that can hold one; what was planted, as it would be found."""
    tables: dict[str, dict[str, str]] = {}
    found = set()
    for relation, name, kind in columns(site):
        marker = next(markers)
        tables.setdefault(relation, {})[name] = as_value(marker, kind)
        found.add(as_value(marker, kind) if kind in NUMBERS else marker)
    patient = site.clinical("SELECT gen_random_uuid()")
    order = sorted(tables, key=lambda each: each != "patients")
    statements = []
    for relation in order:
        values = dict(tables[relation])
        whose = "id" if relation == "patients" else "actor" if relation == "staff" else "patient"
        values[whose] = f"'{patient}'"
        names, given = ", ".join(values), ", ".join(values.values())
        statements.append(f"INSERT INTO clinical.{relation} ({names}) VALUES ({given})")
    site.clinical("; ".join(statements))
    return found


def files(server: Server) -> bytes:
    """All that a server has on its disk: tables, indexes, log of writes, logs of words."""
    server.sql("CHECKPOINT")
    return b"".join(each.read_bytes() for each in sorted(server.data.rglob("*")) if each.is_file())


def stream(site: Site) -> bytes:
    """All that the replicator is given over the wire: as the subscription asks, and as a thief would."""
    known = site.hospital.as_(roles.REPLICATOR, PGPASSWORD=PASSWORD)
    end = site.server.sql("SELECT pg_current_wal_lsn()")
    published = ("-o", "proto_version=1", "-o", "publication_names=deidentified")
    said = b""
    for slot, options in ((SLOT, ()), (f"{SLOT}_published", published)):
        file = site.server.folder / slot
        line = ("--start", "--no-loop", "--status-interval=1", f"--slot={slot}", f"--endpos={end}", *options)
        site.server.run("pg_recvlogical", "-d", roles.DEIDENTIFIED, f"--file={file}", *line, **known)
        heard = file.read_bytes()
        assert b"I10" in heard, f"{slot} hears what is published"
        said += heard
    return said


def settled(site: Site, cloud: Cloud) -> None:
    """Wait until the cloud has what the hospital publishes."""
    for relation in PUBLISHED:
        counted = (
            f"SELECT count(*), md5(string_agg(t::text, ',' ORDER BY key)) FROM deidentified.{relation} t"
        )
        until(lambda asked=counted: cloud.sql(asked) == site.deidentified(asked), f"{relation} has arrived")


@pytest.fixture(scope="module")
def markers(site: Site, cloud: Cloud) -> set[str]:
    """Everything is planted: in tables as they are, with columns that are added, in tables that are."""
    site.deidentified(f"SELECT pg_create_logical_replication_slot('{SLOT}', 'test_decoding')")
    site.deidentified(f"SELECT pg_create_logical_replication_slot('{SLOT}_published', 'pgoutput')")
    source, all_ = planted(), set[str]()
    for _ in range(3):
        all_ |= plant(site, source)
    site.deidentify(k=2)
    more = ", ".join(f"ADD added_{kind} {kind}" for kind in ("text", "jsonb", "bytea", "bigint"))
    for relation in ("staff", "patients", "encounters", "documents", "vitals", "prescriptions"):
        site.owner(f"ALTER TABLE clinical.{relation} {more}")
    site.owner("""CREATE TABLE clinical.letters (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), patient uuid,
        body text, kept jsonb, sent_to text, phone numeric)""")
    while len(all_) < MARKERS:
        all_ |= plant(site, source)
        site.deidentify(k=2)
    site.clinical("""INSERT INTO clinical.patients (name, ward, born, sex)
        SELECT 'P' || n, 'w', '1950-01-01', 'F' FROM generate_series(1, 9) n;
        INSERT INTO clinical.encounters (patient, diagnosis, urgent)
        SELECT id, 'I10', true FROM clinical.patients;
        INSERT INTO clinical.vitals (patient, pulse) SELECT id, 71 FROM clinical.patients""")
    site.deidentify(k=2)
    settled(site, cloud)
    return all_


def test_no_marker_arrives_and_allowed_columns_do(site: Site, cloud: Cloud, markers: set[str]) -> None:
    assert len(markers) >= MARKERS
    home = files(site.server)
    assert all(each.encode() in home for each in markers if not each.isdigit()), (
        "the search finds what is there"
    )
    assert (
        cloud.sql("SELECT DISTINCT born, sex FROM deidentified.patients WHERE born IS NOT NULL") == "1950|F"
    )
    assert cloud.sql("SELECT count(*) FROM deidentified.encounters WHERE diagnosis = 'I10'") != "0"
    assert cloud.sql("SELECT count(*) FROM deidentified.vitals WHERE pulse = 71") != "0"
    for place, held in (("data and log of the cloud", files(cloud.server)), ("the stream", stream(site))):
        assert b"I10" in held, f"the search sees what is in {place}"
        assert [each for each in markers if each.encode() in held] == [], place
    dumped = cloud.server.run("pg_dump", "-d", "analytics").encode()  # numbers are not text on a disk
    assert b"1950" in dumped
    assert [each for each in markers if each.encode() in dumped] == []
    gone = site.server.run("pg_dump", "-d", "deidentified").encode()
    assert [each for each in markers if each.encode() in gone] == []


def test_what_nobody_classified_is_told(site: Site, markers: set[str]) -> None:
    assert markers
    told = site.clinical("SELECT relation, name FROM registry.unregistered").splitlines()
    assert "letters|" in told
    assert "patients|added_text" in told


def test_the_key_is_nowhere_on_either_server(site: Site, cloud: Cloud, markers: set[str]) -> None:
    assert markers
    for server in (site.server, cloud.server):
        held = files(server)
        assert b"5e" * 32 not in held
        assert bytes.fromhex("5e" * 32) not in held


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE PUBLICATION leak FOR TABLE clinical.patients",
        "CREATE PUBLICATION leak FOR TABLES IN SCHEMA clinical",
        "CREATE PUBLICATION leak FOR ALL TABLES",
        "CREATE PUBLICATION leak",
    ],
)
def test_nobody_publishes_the_clinical_database(site: Site, statement: str) -> None:
    for who in (site.app, site.owner):
        with pytest.raises(RefusalError, match="permission denied for database clinical"):
            who(statement)
    assert site.clinical("SELECT count(*) FROM pg_publication") == "0"


def test_a_publication_that_a_superuser_makes_there_is_harmless(site: Site) -> None:
    site.clinical("CREATE PUBLICATION leak FOR ALL TABLES")
    known = site.hospital.as_(roles.REPLICATOR, PGPASSWORD=PASSWORD)
    with pytest.raises(RefusalError, match=r"pg_hba\.conf rejects"):
        site.server.run("pg_recvlogical", "-d", "clinical", "--create-slot", "--slot=leak", **known)
    site.clinical("DROP PUBLICATION leak")


def test_nobody_but_its_own_roles_connects_to_a_database(site: Site, markers: set[str]) -> None:
    assert markers
    asked = "SELECT string_agg(rolname, ' ' ORDER BY rolname) FROM pg_roles WHERE has_database_privilege"
    logins = "AND rolcanlogin AND NOT rolsuper"
    for database in roles.DATABASES:
        found = site.server.sql(f"{asked}(rolname, '{database}', 'CONNECT') {logins}")
        own = {name for name in roles.CERTIFIED if name.startswith(database)}
        followers = {roles.REPLICATOR, "streaming_replica"} if database == roles.DEIDENTIFIED else set()
        assert {*found.split()} == own | followers


def test_a_first_copy_over_the_wan_has_its_time(site: Site, cloud: Cloud) -> None:
    assert cloud
    known = site.hospital.as_(roles.REPLICATOR, PGPASSWORD=PASSWORD)
    assert site.server.sql("SHOW statement_timeout", roles.DEIDENTIFIED, **known) == "12h"


def test_no_second_publication_stands_beside_the_one(site: Site) -> None:
    with pytest.raises(RefusalError, match="permission denied for database deidentified"):
        site.owner("CREATE PUBLICATION leak FOR TABLE deidentified.patients", roles.DEIDENTIFIED)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("ALL TABLES", "publication leak publishes all tables"),
        ("TABLES IN SCHEMA deidentified", "publication leak publishes a whole schema"),
        (
            "TABLE deidentified.vitals",
            "publication leak publishes deidentified.vitals without a list of columns",
        ),
        (
            "TABLE migrations.platform (version)",
            "migrations.platform, which is not in the schema deidentified",
        ),
    ],
)
def test_the_job_stops_while_more_is_published_than_is_listed(site: Site, what: str, said: str) -> None:
    site.clinical("UPDATE clinical.vitals SET pulse = 72 WHERE pulse = 71")
    site.deidentified(f"CREATE PUBLICATION leak FOR {what}")
    with pytest.raises(RefusalError) as refused:
        site.deidentify(k=2)
    site.deidentified("DROP PUBLICATION leak")
    assert said in str(refused.value)
    site.deidentify(k=2)


def test_what_comes_in_cannot_be_published(site: Site) -> None:
    with pytest.raises(RefusalError, match="unlogged"):
        site.deidentified("CREATE PUBLICATION leak FOR TABLE incoming.stream")


def test_the_replicator_reads_the_published_columns_and_nothing_else(site: Site, cloud: Cloud) -> None:
    assert cloud
    site.owner("ALTER TABLE deidentified.vitals ADD COLUMN later text", roles.DEIDENTIFIED)
    site.clinical("UPDATE clinical.vitals SET pulse = 73")
    site.deidentify(k=2)
    known = site.hospital.as_(roles.REPLICATOR, PGPASSWORD=PASSWORD)
    assert site.server.sql("SELECT pulse FROM deidentified.vitals LIMIT 1", roles.DEIDENTIFIED, **known)
    for each in ("deidentified.vitals", "incoming.stream"):
        with pytest.raises(RefusalError, match="permission denied"):
            site.server.sql(f"SELECT * FROM {each}", roles.DEIDENTIFIED, **known)
    asked = "SELECT count(*) FROM deidentified.vitals WHERE pulse = 73"
    until(
        lambda: cloud.sql(asked) == site.deidentified(asked),
        "the cloud goes on without it",
    )
