"""How the archive is reached: with a token of Kubernetes, exchanged at Google, and with nothing else."""

import socket
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from tests.components.onprem.postgres.archived import Archived, archived
from tests.components.onprem.postgres.samples import AUDIENCE
from tests.postgres.server import RefusalError, folder, needed, until

pytestmark = pytest.mark.xdist_group("postgres-archive")


@pytest.fixture(scope="module")
def archive() -> Iterator[Archived]:
    needed()
    with folder() as here, archived(here) as made:
        yield made


def listing(archive: Archived, **other: str) -> str:
    line = archive.barman.line("backup-list")
    return archive.server.program(line, **{**archive.barman.known(), **other})


@contextmanager
def without(archive: Archived, permission: str) -> Generator[None]:
    """The bucket, when somebody forgot to grant it."""
    may = archive.google.permissions
    archive.google.permissions = may - {permission}
    yield
    archive.google.permissions = may


def test_the_token_is_all_that_is_shown(archive: Archived) -> None:
    assert "Backup ID" in listing(archive) or not archive.backups()
    assert archive.google.asked == {"sts.googleapis.com", "storage.googleapis.com"}


def test_another_token_opens_nothing(archive: Archived) -> None:
    true = archive.google.subject
    archive.google.subject = "the token of another cluster"
    with pytest.raises(RefusalError, match="invalid_grant"):
        listing(archive)
    archive.google.subject = true


def test_a_token_for_somebody_else_opens_nothing(archive: Archived) -> None:
    archive.google.audience = AUDIENCE.replace("recife", "santos")
    with pytest.raises(RefusalError, match="invalid_grant"):
        listing(archive)
    archive.google.audience = AUDIENCE


def test_the_projects_name_must_be_told(archive: Archived) -> None:
    known = {key: value for key, value in archive.barman.known().items() if key != "GOOGLE_CLOUD_PROJECT"}
    with pytest.raises(RefusalError, match="Project was not passed and could not be determined"):
        archive.server.program(archive.barman.line("backup-list"), **known)


def test_an_empty_folder_is_found_fit_and_one_of_another_cluster_is_not(archive: Archived) -> None:
    known, check = archive.barman.known(), archive.barman.line("check-wal-archive")
    other = replace(archive.barman, server="postgres-restored")
    archive.server.program(other.line("check-wal-archive"), **known)
    archive.server.sql("SELECT pg_switch_wal()")
    until(lambda: archive.server.sql("SELECT archived_count FROM pg_stat_archiver") != "0", "one is archived")
    with pytest.raises(RefusalError, match="Expected empty archive"):
        archive.server.program(check, **known)


def test_nothing_is_archived_before_the_bucket_may_be_seen(archive: Archived) -> None:
    check = replace(archive.barman, server="new").line("check-wal-archive")
    with without(archive, "storage.buckets.get"), pytest.raises(RefusalError, match=r"storage\.buckets\.get"):
        archive.server.program(check, **archive.barman.known())


@pytest.mark.parametrize("permission", ["storage.objects.create", "storage.objects.delete"])
def test_each_permission_is_needed_for_a_backup(archive: Archived, permission: str) -> None:
    with without(archive, permission), pytest.raises(RefusalError, match=permission):
        archive.backup()


def test_a_bucket_that_keeps_what_is_written_is_no_archive(archive: Archived) -> None:
    archive.google.retained = True
    with pytest.raises(RefusalError, match=r"backup\.info is subject to the bucket's retention policy"):
        archive.backup()
    archive.google.retained = False


def test_a_client_that_says_nothing_keeps_nobody_else_waiting(archive: Archived) -> None:
    port = int(archive.barman.environment["HTTPS_PROXY"].rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as silent:
        silent.sendall(b"CONNECT storage.googleapis.com:443 HTTP/1.1\r\n\r\n")
        assert silent.recv(12) == b"HTTP/1.1 200"
        listing(archive)
