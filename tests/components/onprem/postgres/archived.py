"""A server with our parameters whose archive is a bucket, reached as the plugin reaches it."""

import json
import shlex
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from components.onprem.postgres import archive
from tests.components.onprem.postgres.conftest import ours
from tests.components.onprem.postgres.samples import AUDIENCE
from tests.postgres.authority import Authority
from tests.postgres.barman import Barman
from tests.postgres.bucket import PERMISSIONS, Google
from tests.postgres.google import HOSTS, Stand
from tests.postgres.ports import free
from tests.postgres.server import Server

TOKEN: Final = "a-token-of-this-cluster"  # noqa: S105 -- planted
BUCKET: Final = "example-backups"


@dataclass(frozen=True, slots=True)
class Archived:
    """The server, the archive and the bucket behind it."""

    server: Server
    barman: Barman
    google: Google

    def backup(self) -> str:
        """A base backup; its id."""
        own = ("--user=postgres", f"--host={self.server.folder}", f"--port={self.server.port}")
        line = self.barman.line("backup", options=("--gzip", "--immediate-checkpoint", *own))
        self.server.program(line, **self.barman.known())
        return str(self.backups()[-1]["backup_id"])

    def backups(self) -> list[dict[str, Any]]:
        """What the archive knows, oldest first."""
        line = self.barman.line("backup-list", options=("--format=json",))
        return list(json.loads(self.server.program(line, **self.barman.known()))["backups_list"])

    def restored(self, backup: str, until: str) -> Server:
        """Another server, from a backup and the log up to a second, as the operator recovers one."""
        other = Server(self.server.folder / f"restored-{free()}", free())
        other.folder.mkdir()
        other.own(other.folder)
        line = self.barman.line("restore", backup, str(other.data))
        other.program(line, **self.barman.known())
        fetch = command(self.barman, "wal-restore", "%f", "%p")
        target = {"recovery_target_time": until, "recovery_target_action": "promote"}
        other.configure({**ours(), "restore_command": fetch, "archive_mode": "off", **target})
        other.put(other.data / "recovery.signal", "")
        return other.start()


def command(barman: Barman, name: str, *arguments: str, options: tuple[str, ...] = ()) -> str:
    """A command of Barman's for ``postgresql.conf``, quoted; its environment in front."""
    known = [f"{key}={shlex.quote(value)}" for key, value in barman.known().items()]
    words = [
        each if each.startswith("%") else shlex.quote(each) for each in barman.line(name, options=options)
    ]
    return " ".join(["env", *known, *words, *arguments]).replace("'", "''")


@contextmanager
def archived(folder: Path) -> Generator[Archived]:
    """A running server that archives into an empty bucket."""
    authority = Authority(folder, "google")
    may = frozenset().union(*(PERMISSIONS[role] for role in archive.ROLES))
    google = Google(bucket=BUCKET, audience=AUDIENCE, subject=TOKEN, permissions=may)
    stand = Stand(google, authority.paper("googleapis", HOSTS))
    try:
        with Server(folder, free()) as server:
            known = {"HTTPS_PROXY": stand.proxy, "REQUESTS_CA_BUNDLE": str(authority.file)}
            barman = Barman(f"gs://{BUCKET}/postgres/recife", "postgres", {**known, **_credentials(server)})
            keep = {
                "archive_mode": "on",
                "archive_command": command(barman, "wal-archive", "%p", options=("--gzip",)),
            }
            server.create().configure({**ours(), **keep}).start()
            yield Archived(server, barman, google)
    finally:
        stand.close()


def _credentials(server: Server) -> dict[str, str]:
    """What the plugin gives to Barman, from the JSON that Google has one download for such a cluster."""
    token = server.folder / Path(archive.TOKEN).name
    server.put(token, TOKEN)
    written = {
        "universe_domain": "googleapis.com",
        "type": "external_account",
        "audience": AUDIENCE,
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": "https://sts.googleapis.com/v1/token",
        "credential_source": {"file": str(token), "format": {"type": "text"}},
    }
    file = server.folder / "application_credentials.json"
    server.put(file, json.dumps(written))
    return {"GOOGLE_APPLICATION_CREDENTIALS": str(file), "GOOGLE_CLOUD_PROJECT": "example"}
