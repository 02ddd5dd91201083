"""How the archive is reached: with a token of Kubernetes, exchanged at Google, and with nothing else."""

from collections.abc import Iterator

import pytest

from tests.components.onprem.postgres.archived import Archived, archived
from tests.components.onprem.postgres.samples import AUDIENCE
from tests.postgres.server import RefusalError, folder, needed

pytestmark = pytest.mark.xdist_group("postgres-archive")


@pytest.fixture(scope="module")
def archive() -> Iterator[Archived]:
    needed()
    with folder() as here, archived(here) as made:
        yield made


def listing(archive: Archived, **other: str) -> str:
    line = archive.barman.line("backup-list")
    return archive.server.program(line, **{**archive.barman.known(), **other})


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
