"""Back to the second before a mistake, on real PostgreSQL 15, by the runbook's statements."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from components.onprem.postgres.arguments import PostgresArgs
from components.onprem.postgres.cluster import Postgres
from tests.components.onprem.postgres.archived import Archived, archived
from tests.components.onprem.postgres.conftest import ours
from tests.components.onprem.postgres.samples import hospital
from tests.crds import faults
from tests.postgres.ports import free
from tests.postgres.server import Server, folder, needed, until
from tests.runbook import FOLDER, block
from toolkit.recorder import record

RUNBOOK = "postgres-pitr"
OWN = ("local replication all peer map=local",)


pytestmark = pytest.mark.xdist_group("postgres-pitr")


@dataclass(frozen=True, slots=True)
class Accident:
    """What is left after it."""

    archive: Archived
    backup: str
    before: str
    """The last second before it."""


@pytest.fixture(scope="module")
def accident() -> Iterator[Accident]:
    needed()
    with folder() as here, archived(here) as archive:
        yield Accident(archive, *mistaken(archive.server, archive.backup))


def mistaken(server: Server, copied: Callable[[], str]) -> tuple[str, str]:
    """Patients, of whom some are deleted by mistake: the base backup, and the second before."""
    server.sql("DROP TABLE IF EXISTS patients")
    server.sql("CREATE TABLE patients AS SELECT id FROM generate_series(1, 1000) id")
    backup = copied()
    server.sql("INSERT INTO patients SELECT id FROM generate_series(1001, 1500) id")
    before = server.sql("SELECT pg_sleep(1.1); SELECT clock_timestamp(); SELECT pg_sleep(1.1)").strip()
    server.sql("DELETE FROM patients WHERE id % 2 = 0")
    server.sql("INSERT INTO patients VALUES (9999)")
    server.sql(block(RUNBOOK, "Bring the rest of the log into the archive", "sql"))
    there = block(RUNBOOK, "See that it is there", "sql")
    until(lambda: server.sql(there) == "t", "all is in the archive")
    return backup, before


def rows_are_back(restored: Server) -> None:
    ended = block(RUNBOOK, "See that it worked", "sql")
    until(lambda: restored.sql(ended) == "f", "the recovery ends")
    assert restored.sql("SELECT count(*), max(id) FROM patients") == "1500|1500"


def test_with_the_plugins_tool_deleted_rows_are_back_and_later_ones_are_not(accident: Accident) -> None:
    with accident.archive.restored(accident.backup, accident.before) as restored:
        rows_are_back(restored)
    assert accident.archive.server.sql("SELECT count(*) FROM patients") == "751"


def test_the_archive_is_one_folder_of_the_bucket_and_compressed(accident: Accident) -> None:
    names = accident.archive.google.objects
    own = "postgres/recife/postgres"
    assert {name.split("/")[3] for name in names if name.startswith(f"{own}/")} == {"base", "wals"}
    assert [name for name in names if not name.startswith(f"{own}/")] == []
    pressed = [content for name, content in names.items() if name.endswith(".gz")]
    assert {content[:2] for content in pressed} == {b"\x1f\x8b"}


def test_a_second_that_the_archive_does_not_have_is_not_recovered_to(accident: Accident) -> None:
    with accident.archive.restored(accident.backup, "2099-01-01 00:00:00+00") as restored:
        words = "recovery ended before configured recovery target was reached"
        until(lambda: words in restored.log(), "it gives up")
        assert words in (FOLDER / f"{RUNBOOK}.md").read_text(encoding="utf-8")


def test_without_the_plugin_a_folder_is_archive_enough() -> None:
    needed()
    with folder() as here, Server(here, free()) as server:
        kept, base = here / "wals", here / "base"
        server.own(_made(kept))
        copy = f"test ! -f {kept}/%f && cp %p {kept}/%f"
        server.create().configure({**ours(), "archive_mode": "on", "archive_command": copy}, OWN).start()
        _, before = mistaken(server, lambda: server.run("pg_basebackup", "-D", str(base), "-c", "fast"))
        with Server(_made(here / "restored"), free()) as restored:
            server.own(restored.folder)
            base.rename(restored.data)
            target = {"recovery_target_time": before, "recovery_target_action": "promote"}
            restored.configure({**ours(), "restore_command": f"cp {kept}/%f %p", **target})
            restored.put(restored.data / "recovery.signal", "")
            rows_are_back(restored.start())


def _made(here: Path) -> Path:
    here.mkdir()
    return here


def test_the_runbooks_cluster_is_one_that_the_operator_takes() -> None:
    space: dict[str, Callable[[PostgresArgs], PostgresArgs]] = {}
    exec(block(RUNBOOK, "Describe the recovered cluster", "python"), space)  # noqa: S102 -- our own document
    args = space["restored"](hospital())
    graph = record(lambda: Postgres("restored", args), project="prontuario", stack="prod", preview=False)
    assert graph.problems == []
    (cluster,) = (
        each.inputs for each in graph.resources.values() if each.type.endswith("cnpg.io/v1:Cluster")
    )
    assert faults(cluster) == []
