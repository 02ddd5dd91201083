"""What a real PostgreSQL 15 with our configuration tells, and what it never tells."""

import pytest

from components.onprem.postgres import roles
from components.onprem.postgres.metrics import QUERIES
from tests.components.onprem.postgres.conftest import APP, Hospital, wards
from tests.postgres.server import RefusalError, Server, until

MARKERS = ("Iracema de Souza Planted", "123.456.789-09", "98765432100", "planted-in-an-error")
NAME, CPF, OTHER, TYPED = MARKERS


def told(server: Server, *words: str) -> list[str]:
    return [line for line in server.log().splitlines() if all(word in line for word in words)]


def test_every_read_and_write_and_change_of_rights_is_told(hospital: Hospital) -> None:
    wards(hospital)
    known = hospital.as_(APP, hospital.authority.paper(APP))
    for statement in (
        "INSERT INTO patients VALUES (1, 'x', '1') ON CONFLICT DO NOTHING",
        "SELECT * FROM patients",
        "DELETE FROM patients",
    ):
        hospital.server.sql(statement, roles.CLINICAL, **known)
    hospital.server.sql(f"ALTER ROLE {APP} CONNECTION LIMIT 10")
    for kind, command in (("WRITE", "INSERT"), ("READ", "SELECT"), ("WRITE", "DELETE")):
        assert told(hospital.server, f'"{APP}"', f"{kind},{command},TABLE,public.patients"), command
    assert told(hospital.server, "DDL,CREATE TABLE,TABLE,public.patients")
    assert told(hospital.server, "ROLE,ALTER ROLE")
    assert told(hospital.server, "connection authorized", APP, "TLSv1.3")


def test_a_refused_client_is_told_of(hospital: Hospital) -> None:
    with pytest.raises(RefusalError):
        hospital.server.sql(
            "SELECT 1", roles.CLINICAL, **hospital.as_(roles.REPLICATOR, PGPASSWORD="guessed")
        )
    assert told(hospital.server, "FATAL", "pg_hba.conf rejects connection", roles.REPLICATOR)


def test_no_patient_is_ever_in_the_log(hospital: Hospital) -> None:
    wards(hospital)
    known = {**hospital.as_(APP, hospital.authority.paper(APP)), "PGDATABASE": roles.CLINICAL}
    script = hospital.server.folder / "bound.sql"
    hospital.server.put(script, "INSERT INTO patients VALUES (:id, :name, :cpf);\n")
    values = [
        f"--define={key}={value}" for key, value in zip(("id", "name", "cpf"), (7, *MARKERS[:2]), strict=True)
    ]
    bound = ("pgbench", "--no-vacuum", "--client=1", "--transactions=1", f"--file={script}", *values)
    hospital.server.run(*bound, "--protocol=extended", **known)
    failing = (
        f"INSERT INTO patients VALUES (7, '{NAME}', '{CPF}')",  # a key that is there already
        f"INSERT INTO patients VALUES (8, 'x', '{CPF}')",
        f"SELECT * FROM patients WHERE id = '{TYPED}'",  # no number
        f"SELECT '{OTHER}'::timestamptz FROM patients",
        f"DO $$ BEGIN RAISE EXCEPTION '%', '{NAME}'; END $$",
        f"DO $$ BEGIN RAISE WARNING '%', '{NAME}'; END $$",
        "DO $$ BEGIN RAISE LOG 'a service that logs is heard'; END $$",
        f"SELECT nothing FROM nowhere -- {NAME}",
    )
    for statement in failing:
        try:
            hospital.server.sql(statement, roles.CLINICAL, **known)
        except RefusalError as told_client:
            assert "ERROR" in str(told_client), "the client is told what was wrong"  # noqa: PT017 -- some pass
    with pytest.raises(RefusalError, match="ERROR"):  # the same key, bound
        hospital.server.run(*bound, "--protocol=prepared", **known)
    hospital.server.sql(f"SELECT count(*) FROM patients WHERE name = '{NAME}'", roles.CLINICAL, **known)
    until(lambda: told(hospital.server, "READ,SELECT,TABLE,public.patients"), "the audit is written")
    assert told(hospital.server, "WRITE,INSERT,TABLE,public.patients")
    assert told(hospital.server, "a service that logs is heard")
    assert {marker: told(hospital.server, marker) for marker in MARKERS} == {marker: [] for marker in MARKERS}


def test_a_lock_that_is_waited_for_is_told_without_the_statement(hospital: Hospital) -> None:
    wards(hospital)
    known = hospital.as_(APP, hospital.authority.paper(APP))
    server = hospital.server
    server.sql("INSERT INTO patients VALUES (99, 'x', '99') ON CONFLICT DO NOTHING", roles.CLINICAL, **known)
    script = server.folder / "lock.sql"
    held = "BEGIN; UPDATE patients SET name = '{}' WHERE id = 99; SELECT pg_sleep(2); COMMIT;\n"
    server.put(script, held.format(MARKERS[0]))
    twice = ("--no-vacuum", "--client=2", "--jobs=2", "--transactions=1", f"--file={script}")
    server.run("pgbench", *twice, "--protocol=simple", **known, PGDATABASE=roles.CLINICAL)
    assert told(server, "still waiting for")
    assert not told(server, MARKERS[0])


def test_the_metrics_are_read_as_the_operator_reads_them(hospital: Hospital) -> None:
    server = hospital.server
    server.sql("CREATE ROLE cnpg_metrics_exporter IN ROLE pg_monitor")
    server.sql("SELECT pg_create_physical_replication_slot('standby', true)")
    for name, each in QUERIES.items():
        columns = [column for metric in each["metrics"] for column in metric]
        rows = server.sql(
            f"SET ROLE cnpg_metrics_exporter; SELECT {', '.join(columns)} FROM ({each['query']}) q"
        )
        assert rows, name
    server.sql("SELECT pg_drop_replication_slot('standby')")
