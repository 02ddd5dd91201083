"""Our configuration on a real PostgreSQL 15: it is accepted, it admits whom it says, and it tells no data."""

import socket
import ssl
import struct

import pytest

from components.onprem.postgres import roles
from tests.components.onprem.postgres.conftest import APP, Hospital, ours, wards
from tests.postgres.server import RefusalError


def test_a_real_server_takes_every_parameter_as_we_wrote_it(hospital: Hospital) -> None:
    units = "SELECT name, setting, unit, source, pending_restart FROM pg_settings"
    known = {row.split("|")[0].lower(): row.split("|") for row in hospital.server.sql(units).splitlines()}
    for name in ours():
        if name.startswith("pg_failover_slots."):  # Debian has no such library
            continue
        assert name in known, f"{name} is no parameter of this version"
        assert known[name][3:] == ["configuration file", "f"], f"{name}: {known[name]}"
    wrong = hospital.server.sql("SELECT name, error FROM pg_file_settings WHERE error IS NOT NULL")
    assert wrong == ""


def test_a_wrong_parameter_would_have_been_seen(hospital: Hospital) -> None:
    with pytest.raises(RefusalError, match="log_error_verbosity"):
        hospital.server.run(
            "postgres", "-D", str(hospital.server.data), "-C", "x", "-c", "log_error_verbosity=mute"
        )


def test_text_is_ordered_by_bytes_and_has_capitals(hospital: Hospital) -> None:
    assert hospital.server.sql("SELECT upper('joão') || ('Z' < 'a')::text", roles.CLINICAL) == "JOÃOtrue"
    assert hospital.server.sql("SHOW data_checksums") == "on"


@pytest.mark.parametrize(("newest", "said"), [("TLSv1_2", "alert"), ("TLSv1_3", "TLSv1.3")])
def test_tls_is_1_3_or_nothing(hospital: Hospital, newest: str, said: str) -> None:
    context = ssl.create_default_context(cafile=str(hospital.authority.file))
    context.maximum_version = ssl.TLSVersion[newest]
    with socket.create_connection(("localhost", hospital.server.port)) as raw:
        raw.sendall(struct.pack("!ii", 8, 80877103))  # the protocol's request for TLS
        assert raw.recv(1) == b"S"
        if newest == "TLSv1_2":
            with pytest.raises(ssl.SSLError, match=said):
                context.wrap_socket(raw, server_hostname="localhost")
        else:
            with context.wrap_socket(raw, server_hostname="localhost") as spoken:
                assert spoken.version() == said


def test_nobody_comes_without_tls(hospital: Hospital) -> None:
    known = hospital.as_(APP, hospital.authority.paper(APP), PGSSLMODE="disable")
    with pytest.raises(RefusalError, match=r"pg_hba\.conf rejects connection"):
        hospital.server.sql("SELECT 1", roles.CLINICAL, **known)


def test_a_service_comes_in_with_its_own_certificate_only(hospital: Hospital) -> None:
    own = hospital.as_(APP, hospital.authority.paper(APP))
    assert hospital.server.sql("SELECT current_user", roles.CLINICAL, **own) == APP
    others = hospital.as_(APP, hospital.authority.paper(roles.app(roles.DEIDENTIFIED)))
    with pytest.raises(RefusalError, match="certificate authentication failed"):
        hospital.server.sql("SELECT 1", roles.CLINICAL, **others)
    with pytest.raises(RefusalError, match="requires a valid client certificate"):
        hospital.server.sql("SELECT 1", roles.CLINICAL, **hospital.as_(APP))


def test_each_service_has_one_database(hospital: Hospital) -> None:
    other = roles.app(roles.DEIDENTIFIED)
    known = hospital.as_(other, hospital.authority.paper(other))
    assert hospital.server.sql("SELECT 1", roles.DEIDENTIFIED, **known) == "1"
    for database in (roles.CLINICAL, "postgres", "template1"):
        with pytest.raises(RefusalError, match=r"pg_hba\.conf rejects connection"):
            hospital.server.sql("SELECT 1", database, **known)


def test_owners_and_the_superuser_never_log_in(hospital: Hospital) -> None:
    for role in (roles.owner(roles.CLINICAL), "postgres", roles.OWN):
        known = hospital.as_(role, hospital.authority.paper(role))
        with pytest.raises(RefusalError, match=r"pg_hba\.conf rejects connection"):
            hospital.server.sql("SELECT 1", roles.CLINICAL, **known)


def test_replication_leaves_the_deidentified_database_only(hospital: Hospital) -> None:
    hospital.server.sql(f"ALTER ROLE {roles.REPLICATOR} PASSWORD 'given-by-the-rotation'")
    known = hospital.as_(roles.REPLICATOR, PGPASSWORD="given-by-the-rotation")
    slots = ("--create-slot", "--slot=leak", "--if-not-exists")
    hospital.server.run("pg_recvlogical", "-d", roles.DEIDENTIFIED, *slots, **known)
    hospital.server.run("pg_recvlogical", "-d", roles.DEIDENTIFIED, "--drop-slot", "--slot=leak", **known)
    with pytest.raises(RefusalError, match=r"pg_hba\.conf rejects"):
        hospital.server.run("pg_recvlogical", "-d", roles.CLINICAL, *slots, **known)
    with pytest.raises(RefusalError, match=r"pg_hba\.conf rejects replication connection"):
        hospital.server.run("pg_basebackup", "-D", str(hospital.server.folder / "stolen"), **known)


def test_standbys_follow_with_the_operators_certificate(hospital: Hospital) -> None:
    replica = hospital.authority.paper("streaming_replica")
    known = hospital.as_("streaming_replica", replica)
    copied = hospital.server.folder / "standby"
    hospital.server.run("pg_basebackup", "-D", str(copied), "-c", "fast", "-X", "stream", **known)
    assert (copied / "PG_VERSION").exists()
    assert hospital.server.sql("SELECT 1", roles.DEIDENTIFIED, **known) == "1"  # pg_failover_slots asks there


def test_without_a_password_the_replicator_is_nobody(hospital: Hospital) -> None:
    hospital.server.sql(f"ALTER ROLE {roles.REPLICATOR} PASSWORD NULL")
    known = hospital.as_(roles.REPLICATOR, PGPASSWORD="")
    with pytest.raises(RefusalError, match=r"no password supplied|password authentication failed"):
        hospital.server.sql("SELECT 1", roles.DEIDENTIFIED, **known)


def test_migrations_own_what_they_make_and_services_make_nothing(hospital: Hospital) -> None:
    wards(hospital)
    known = hospital.as_(APP, hospital.authority.paper(APP))
    with pytest.raises(RefusalError, match="permission denied for schema public"):
        hospital.server.sql("CREATE TABLE mine (x int)", roles.CLINICAL, **known)
    assert hospital.server.sql("SELECT count(*) FROM patients", roles.CLINICAL, **known).isdigit()
