"""The link goes down and comes back: nothing is lost, and the disk does not fill."""

import pytest

from components.onprem.postgres import roles
from components.onprem.postgres.metrics import QUERIES
from tests.database.site import PUBLISHED, Cloud, Site
from tests.postgres.server import RefusalError, until
from tests.runbook import block

pytestmark = pytest.mark.xdist_group("database-replication")

RUNBOOK = "replication-resync"
SLOT = block(RUNBOOK, "See that it is lost", "sql")
READY = block(RUNBOOK, "See that it worked", "sql")
SEGMENT = 16 * 1024 * 1024
LEFT = "SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'cloud_analytics' AND active"


@pytest.fixture(scope="module", autouse=True)
def ward(site: Site, cloud: Cloud) -> None:
    assert cloud
    site.clinical("""INSERT INTO clinical.patients (name, ward, born, sex)
        SELECT 'P' || n, 'w', '1950-01-01', 'F' FROM generate_series(1, 20) n""")
    cared(site, 5)


def cared(site: Site, pulse: int) -> None:
    """An hour on the ward: a measurement for each patient, and a run of the job."""
    site.clinical(f"INSERT INTO clinical.vitals (patient, pulse) SELECT id, {pulse} FROM clinical.patients")
    site.deidentify()


def busy(site: Site, files: int) -> None:
    """Writing goes on elsewhere, over so many files of the log."""
    for _ in range(files):
        site.clinical("CREATE TABLE IF NOT EXISTS public.other (x int); INSERT INTO public.other VALUES (1)")
        site.server.sql("SELECT pg_switch_wal()")
    site.server.sql("CHECKPOINT")


def same(site: Site, cloud: Cloud) -> bool:
    asked = "SELECT t::text FROM deidentified.{0} t ORDER BY key"
    return all(cloud.rows(each) == site.deidentified(asked.format(each)).splitlines() for each in PUBLISHED)


def log_bytes(site: Site) -> int:
    return int(site.server.sql("SELECT sum(size) FROM pg_ls_waldir()"))


def cut(site: Site) -> None:
    """The link is down: the replicator is shut out, and its connection ends."""
    site.server.sql(f"ALTER ROLE {roles.REPLICATOR} NOLOGIN")
    site.server.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_replication WHERE application_name = 'hospital'"
    )
    until(lambda: site.server.sql(LEFT) == "0", "the cloud is cut off")


def joined(site: Site) -> None:
    site.server.sql(f"ALTER ROLE {roles.REPLICATOR} LOGIN")


def resync(site: Site, cloud: Cloud) -> None:
    """The runbook, from its second section to its fifth."""
    for statement in block(RUNBOOK, "Let go of the slot in the cloud", "sql").splitlines():
        cloud.sql(statement)
    site.deidentified(block(RUNBOOK, "Let go of it in the hospital", "sql"))
    script = cloud.server.folder / "empty.sql"
    cloud.server.put(script, block(RUNBOOK, "Empty the tables in the cloud", "sql"))
    cloud.server.run("psql", "-X", "-q", "-d", "analytics", "-f", str(script))
    assert cloud.rows("vitals") == []
    assert "-f database/jobs/subscribe.sql" in block(RUNBOOK, "Subscribe again", "sh")
    cloud.subscribe(site)


def test_what_is_published_arrives_with_its_changes_and_deletions(site: Site, cloud: Cloud) -> None:
    until(lambda: same(site, cloud), "the first copy is there")
    assert len(cloud.rows("patients")) == 20
    site.clinical("""UPDATE clinical.patients SET sex = 'X'
        WHERE name IN ('P1', 'P2', 'P3', 'P4', 'P5', 'P6');
        DELETE FROM clinical.vitals WHERE patient = (SELECT id FROM clinical.patients WHERE name = 'P20');
        DELETE FROM clinical.patients WHERE name = 'P20'""")
    site.deidentify()
    until(lambda: same(site, cloud), "changes and deletions have arrived")
    assert len(cloud.rows("patients")) == 19


def test_a_link_that_is_down_for_a_while_loses_nothing(site: Site, cloud: Cloud) -> None:
    until(lambda: same(site, cloud), "both are the same")
    cut(site)
    for pulse in (61, 62, 63):
        cared(site, pulse)
    site.clinical("DELETE FROM clinical.vitals WHERE pulse = 62")
    site.deidentify()
    assert not same(site, cloud)
    joined(site)
    until(lambda: same(site, cloud), "the cloud has caught up")
    assert (
        cloud.sql("SELECT count(DISTINCT pulse) FROM deidentified.vitals WHERE pulse IN (61, 62, 63)") == "2"
    )
    assert site.server.sql(SLOT) == "reserved"


def test_a_slot_that_is_overrun_bounds_the_log_tells_so_and_is_resynced(site: Site, cloud: Cloud) -> None:
    for key, value in (("max_slot_wal_keep_size", "48MB"), ("wal_keep_size", "0"), ("max_wal_size", "64MB")):
        site.server.sql(f"ALTER SYSTEM SET {key} = '{value}'")
    site.server.sql("SELECT pg_reload_conf()")
    cut(site)
    cared(site, 80)
    busy(site, 8)
    assert site.server.sql(SLOT) == "lost"
    watched = f"SELECT lost FROM ({QUERIES['pg_slots']['query']}) q WHERE slot_name = 'cloud_analytics'"
    assert site.server.sql(watched) == "1", "the alert DatabaseSlotLost reads this"
    busy(site, 8)
    assert log_bytes(site) < 12 * SEGMENT
    joined(site)
    cared(site, 81)
    assert not same(site, cloud)
    resync(site, cloud)
    until(lambda: cloud.sql(READY) == "t", "all tables follow")
    until(lambda: same(site, cloud), "the cloud has all of it again")
    assert site.server.sql(SLOT) == "reserved"
    cared(site, 82)
    until(lambda: same(site, cloud), "and goes on")


def test_subscribing_again_changes_nothing(site: Site, cloud: Cloud) -> None:
    cloud.subscribe(site)
    cloud.subscribe(site)
    cared(site, 90)
    until(lambda: same(site, cloud), "it goes on")


def test_a_reader_in_the_cloud_reads_and_writes_nothing(cloud: Cloud) -> None:
    assert cloud.sql("SET ROLE analytics_reader; SELECT count(*) FROM deidentified.vitals") != "0"
    with pytest.raises(RefusalError, match="permission denied"):
        cloud.sql("SET ROLE analytics_reader; DELETE FROM deidentified.vitals")


def test_both_sides_have_the_same_tables(site: Site, cloud: Cloud) -> None:
    asked = """SELECT table_name, column_name, data_type FROM information_schema.columns
        WHERE table_schema = 'deidentified' ORDER BY 1, 2"""
    assert cloud.sql(asked) == site.deidentified(asked) != ""
