"""What pulumi-command's ``remote.Command`` does, done with the system's ssh: pinned key, script as stdin."""

import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.debian import program
from toolkit.recorder import record
from toolkit.values import Secret


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """One command of a recorded program."""

    name: str
    connection: Mapping[str, Any]
    create: str
    stdin: str


@dataclass(frozen=True, slots=True)
class Ran:
    """How it ended."""

    code: int
    out: str
    error: str


class Deployer:
    """Somebody with a key of his own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ssh = program("ssh", "openssh-client")
        key = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "deployer", "-f", folder / "key"]
        subprocess.run(key, check=True)
        self.public_key = (folder / "key.pub").read_text(encoding="utf-8")

    def run(self, command: Command) -> Ran:
        """Connects, refuses another host key than the pinned one, and feeds the script."""
        there = command.connection
        known = self._folder / "known"
        known.write_text(f"machine {there['hostKey']}\n", encoding="utf-8")
        options = {
            "BatchMode": "yes",
            "GlobalKnownHostsFile": "/dev/null",
            "HostKeyAlias": "machine",
            "IdentitiesOnly": "yes",
            "StrictHostKeyChecking": "yes",
            "UserKnownHostsFile": str(known),
        }
        ran = subprocess.run(
            [
                *(self._ssh, "-F", "none", "-T", "-i", self._folder / "key", "-p", str(int(there["port"]))),
                *(f"-o{key}={value}" for key, value in options.items()),
                *(f"{there['user']}@{there['host']}", command.create),
            ],
            input=command.stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        return Ran(ran.returncode, ran.stdout, ran.stderr)


def commands(program_: Callable[[], object]) -> list[Command]:
    """The commands that a program asks for, in the order in which they must run."""
    graph = record(program_, project="prontuario", stack="prod")
    assert graph.problems == []
    left = {urn: each for urn, each in graph.resources.items() if each.type == "command:remote:Command"}
    ordered = []
    while left:
        urn = next(urn for urn, each in left.items() if not {*each.dependencies} & {*left})
        inputs = left.pop(urn).inputs
        ordered.append(
            Command(
                name=urn.rpartition("::")[2],
                connection=plain(inputs["connection"]),
                create=plain(inputs["create"]),
                stdin=plain(inputs["stdin"]),
            )
        )
    return ordered


def plain(value: Any) -> Any:
    """A value without its cover of secrecy."""
    if isinstance(value, Secret):
        return plain(value.value)
    return {key: plain(each) for key, each in value.items()} if isinstance(value, Mapping) else value
