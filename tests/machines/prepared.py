"""A Linux host that was prepared twice."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from ipaddress import IPv4Address
from pathlib import Path

from components.onprem.machines.node import Node, NodeArgs
from tests.components.onprem.machines import world
from tests.machines.deployer import Command, Deployer, Ran, commands
from tests.machines.disks import Disk
from tests.machines.server import Server, digest
from tests.machines.shims import ASKED, LINUX

SECRET = "a-secret-of-the-tests\nwith 'quotes' and no end of line"  # noqa: S105 -- nobody's


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """A machine, and what was said and found after the first run and after the second."""

    server: Server
    deployer: Deployer
    sent: Mapping[str, Command]
    first: Mapping[str, Ran]
    second: Mapping[str, Ran]
    asked: str
    before: Mapping[str, str]
    after: Mapping[str, str]


@contextmanager
def prepared_in(where: Path) -> Generator[Prepared]:
    """Prepares one, and closes it."""
    deployer = Deployer(where)
    with Server(where / "root", "deploy", LINUX) as server, Disk(server.root, where) as disk:
        server.let_in(deployer.public_key)
        sent = commands(lambda: Node("rack-1", node(server, disk)))
        first = {each.name: deployer.run(each) for each in sent}
        asked = deployer.run(question(sent[0], f"cat {ASKED}")).out
        before = digest(server.root)
        second = {each.name: deployer.run(each) for each in sent}
        yield Prepared(
            server=server,
            deployer=deployer,
            sent={each.name: each for each in sent},
            first=first,
            second=second,
            asked=asked,
            before=before,
            after=digest(server.root),
        )


def node(server: Server, disk: Disk) -> NodeArgs:
    """What is asked of it."""
    return NodeArgs(
        host=world.linux(
            door=world.door("127.0.0.1", port=server.port, host_key=server.host_key),
            address=IPv4Address("127.0.0.1"),
            interface="lo",
            storage_device=disk.name,
        ),
        lan=world.LAN,
        clocks=world.CLOCKS,
        files=world.FILES,
        starts=["knock.service"],
        secret_files={"/etc/knock/secret": SECRET},
    )


def question(like: Command, script: str) -> Command:
    """Another script on the same machine, by the same way."""
    return replace(like, stdin=script)
