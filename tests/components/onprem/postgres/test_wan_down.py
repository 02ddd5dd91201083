"""The WAN is away for a while: what the runbook says of PostgreSQL happens, on a real server."""

from collections.abc import Iterator

import pytest

from tests.components.onprem.postgres.archived import Archived, archived
from tests.components.onprem.postgres.conftest import ours
from tests.postgres.ports import free
from tests.postgres.server import Server, folder, needed, until
from tests.runbook import block

RUNBOOK = "wan-down"
WAITING = block(RUNBOOK, "How much waits for the archive", "sql")
LOG = block(RUNBOOK, "How full the log's disk is", "sql")
SLOTS = block(RUNBOOK, "How long subscribers may still be away", "sql")
WELL = block(RUNBOOK, "When it is up again", "sql")
SEGMENT = 16 * 1024 * 1024

pytestmark = pytest.mark.xdist_group("postgres-wan-down")


@pytest.fixture
def archive() -> Iterator[Archived]:
    needed()
    with folder() as here, archived(here) as made:
        made.server.sql("CREATE TABLE vitals (at timestamptz, beats int)")
        yield made


def busy(archive: Archived, files: int) -> None:
    """Writing goes on, over so many files of the log."""
    for _ in range(files):
        archive.server.sql("INSERT INTO vitals SELECT now(), 70 FROM generate_series(1, 100)")
        archive.server.sql("SELECT pg_switch_wal()")


def waiting(archive: Archived) -> int:
    return int(archive.server.sql(WAITING))


def test_nothing_stops_and_nothing_is_lost(archive: Archived) -> None:
    archive.google.down = True
    busy(archive, 6)
    archive.server.sql("CHECKPOINT")
    assert waiting(archive) >= 6
    assert int(archive.server.sql(LOG)) >= 6 * SEGMENT, "what is not archived is never recycled"
    archive.google.down = False
    until(lambda: waiting(archive) == 0, "all that waited is in the archive", seconds=120)
    assert archive.server.sql(WELL) == "t"
    last = archive.server.sql("SELECT last_archived_wal FROM pg_stat_archiver")
    kept = sorted(name.rsplit("/", 1)[1][:24] for name in archive.google.objects if "/wals/" in name)
    assert kept[-1] == last
    assert len({*kept}) == len(kept) >= 6
    first, final = (int(name[16:], 16) for name in (kept[0], last))
    assert final - first == len(kept) - 1, "no file is missing between the first and the last"


def test_a_subscriber_that_is_away_too_long_loses_its_slot_and_not_the_disk(archive: Archived) -> None:
    server = archive.server
    server.sql("ALTER SYSTEM SET max_slot_wal_keep_size = '48MB'")
    server.sql("ALTER SYSTEM SET wal_keep_size = 0")
    server.sql("ALTER SYSTEM SET max_wal_size = '64MB'")
    server.sql("SELECT pg_reload_conf()")
    server.sql("SELECT pg_create_logical_replication_slot('cloud', 'pgoutput')")
    name, status, safe = server.sql(SLOTS).split("|")
    assert (name, status) == ("cloud", "reserved")
    busy(archive, 2)
    assert 0 < int(server.sql(SLOTS).split("|")[2]) < int(safe), "what is left is told"
    busy(archive, 6)
    until(lambda: waiting(archive) == 0, "the archive has all")
    server.sql("CHECKPOINT")
    assert server.sql(SLOTS).split("|")[1] == "lost"
    busy(archive, 2)
    until(lambda: waiting(archive) == 0, "the archive has all")
    server.sql("CHECKPOINT")
    assert int(server.sql(LOG)) < 12 * SEGMENT
    server.sql(block(RUNBOOK, "After 24 hours, or when the disk is 60 % full", "sql"))
    assert server.sql(SLOTS) == ""


def test_an_archive_that_failed_since_is_not_called_well() -> None:
    needed()
    with folder() as here, Server(here, free()) as server:
        server.create().configure({**ours(), "archive_mode": "on", "archive_command": "false"}).start()
        server.sql("SELECT pg_switch_wal()")
        until(lambda: server.sql("SELECT failed_count FROM pg_stat_archiver") != "0", "it fails")
        assert server.sql(WELL) == "f"
        assert int(server.sql(WAITING)) >= 1
