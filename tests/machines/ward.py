"""A Mac with Lima, and the Linux machine inside it."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from components.onprem.machines.node import Node, NodeArgs
from tests.components.onprem.machines import world
from tests.machines.deployer import Command, Deployer, Ran, commands
from tests.machines.macs import join, mac
from tests.machines.server import Server, digest
from tests.machines.shims import ASKED, LINUX

HOST = world.mac(inside=world.inside(storage_gib=0))


@dataclass(frozen=True, kw_only=True, slots=True)
class Ward:
    """A Mac and the Linux machine inside it, prepared twice."""

    outer: Server
    inner: Server
    deployer: Deployer
    sent: Mapping[str, Command]
    first: Mapping[str, Ran]
    second: Mapping[str, Ran]
    asked: str
    untouched: bool


@contextmanager
def ward_in(where: Path) -> Generator[Ward]:
    """Prepares both, and closes them."""
    deployer = Deployer(where)
    with mac(where / "mac") as outer, Server(where / "inside", "entry", LINUX) as inner:
        outer.let_in(deployer.public_key)
        join(outer, inner, where)
        sent = commands(lambda: Node("mac-1", args(outer)))
        first = {each.name: deployer.run(each) for each in sent}
        asked = deployer.run(replace(sent[0], stdin=f"cat {ASKED}")).out
        before = digest(outer.root), digest(inner.root)
        second = {each.name: deployer.run(each) for each in sent}
        yield Ward(
            outer=outer,
            inner=inner,
            deployer=deployer,
            sent={each.name: each for each in sent},
            first=first,
            second=second,
            asked=asked,
            untouched=before == (digest(outer.root), digest(inner.root)),
        )


def args(outer: Server, memory_gib: int = 8) -> NodeArgs:
    """What is asked of them."""
    door = world.door("127.0.0.1", port=outer.port, host_key=outer.host_key)
    host = replace(HOST, door=door, inside=replace(HOST.inside, memory_gib=memory_gib))
    return NodeArgs(
        host=host,
        lan=world.LAN,
        clocks=world.CLOCKS,
        driver=world.LIMA,
        files=world.FILES,
        starts=["knock.service"],
        secret_files={"/etc/knock/secret": "hush"},
    )
