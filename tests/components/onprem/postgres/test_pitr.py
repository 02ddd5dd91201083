"""Back to the second before a mistake, on real PostgreSQL 15, with the tool of the archiving plugin."""

from tests.components.onprem.postgres.archived import Archived, archived
from tests.postgres.server import folder, needed, until


def counted(archive: Archived) -> int:
    return int(archive.server.sql("SELECT archived_count FROM pg_stat_archiver"))


def switched(archive: Archived) -> None:
    """Wait until all that happened so far is in the archive."""
    name = archive.server.sql("SELECT pg_walfile_name(pg_switch_wal())")
    until(
        lambda: archive.server.sql("SELECT last_archived_wal FROM pg_stat_archiver") >= name,
        f"{name} is archived",
    )


def test_rows_that_were_deleted_by_mistake_are_back_and_later_ones_are_not() -> None:
    needed()
    with folder() as here, archived(here) as archive:
        server = archive.server
        server.sql("CREATE TABLE patients AS SELECT id FROM generate_series(1, 1000) id")
        backup = archive.backup()
        server.sql("INSERT INTO patients SELECT id FROM generate_series(1001, 1500) id")
        before = server.sql("SELECT pg_sleep(1.1); SELECT clock_timestamp(); SELECT pg_sleep(1.1)").strip()
        server.sql("DELETE FROM patients WHERE id % 2 = 0")
        server.sql("INSERT INTO patients VALUES (9999)")
        switched(archive)
        with archive.restored(backup, before) as restored:
            until(lambda: restored.sql("SELECT pg_is_in_recovery()") == "f", "it is promoted")
            assert restored.sql("SELECT count(*), max(id) FROM patients") == "1500|1500"
        assert server.sql("SELECT count(*) FROM patients") == "751"
        assert archive.google.asked == {"sts.googleapis.com", "storage.googleapis.com"}
        names = archive.google.objects
        assert [name for name in names if not name.startswith("postgres/recife/postgres/")] == []
        assert not [
            name for name, content in names.items() if name.endswith(".gz") and content[:2] != b"\x1f\x8b"
        ]
