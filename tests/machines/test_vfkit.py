"""A Mac with vfkit: keys, seed and disks are made on it, and only the machine with that key is entered."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import pytest
import yaml

from components.onprem.machines.driver import KNOWN
from components.onprem.machines.node import Node, NodeArgs
from components.onprem.machines.vfkit import MACHINE
from tests.components.onprem.machines import world
from tests.machines.deployer import Command, Deployer, Ran, commands
from tests.machines.macs import mac
from tests.machines.prepared import question
from tests.machines.server import Server, digest, free_port

pytestmark = pytest.mark.xdist_group("debian-root")

PORT: Final = free_port()
"""Of the machine inside, on loopback, where other runs of the tests may have one too."""

BOOT: Final = f"""\
#!/bin/sh
# What cloud-init would do inside: takes host key and user's key from the seed, and starts SSH.
set -eu
seed={MACHINE}/user-data
sed -n 's/^    //p' "$seed" | sed -n '/BEGIN/,/END/p' >/run/inside.key
chmod 0600 /run/inside.key
sed -n '/^ssh_authorized_keys:/{{n;s/^  - //p}}' "$seed" >/run/inside.authorized
exec /usr/sbin/sshd -o Port={PORT} -o ListenAddress=127.0.0.1 -o HostKey=/run/inside.key -o UsePAM=no \\
  -o AuthorizedKeysFile=/run/inside.authorized -o PidFile=none -o StrictModes=no -f /dev/null
"""

ROUTE: Final = f"Host 10.20.0.11\n  HostName 127.0.0.1\n  Port {PORT}\n"
"""The machine's address in the hospital's network leads to loopback."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ward:
    """A Mac, prepared twice."""

    outer: Server
    deployer: Deployer
    sent: Command
    first: Ran
    second: Ran
    untouched: bool


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ward]:
    where = tmp_path_factory.mktemp("vfkit")
    deployer = Deployer(where)
    with mac(where / "mac", world.VFKIT.image) as outer:
        outer.let_in(deployer.public_key)
        outer.add_user("entry")
        outer.file("/etc/ssh/ssh_config").write_text(ROUTE, encoding="utf-8")
        outer.file("/srv/boot").write_text(BOOT, encoding="utf-8")
        outer.file("/srv/boot").chmod(0o755)
        sent = commands(lambda: Node("mac-1", args(outer)))[0]
        first = deployer.run(sent)
        before = digest(outer.root)
        second = deployer.run(sent)
        yield Ward(
            outer=outer,
            deployer=deployer,
            sent=sent,
            first=first,
            second=second,
            untouched=before == digest(outer.root),
        )


def args(outer: Server) -> NodeArgs:
    door = world.door("127.0.0.1", port=outer.port, host_key=outer.host_key)
    host = world.mac(door=door, inside=world.inside(system_gib=10, storage_gib=20))
    return NodeArgs(host=host, lan=world.LAN, clocks=world.CLOCKS, driver=world.VFKIT)


def test_it_is_prepared_once_and_nothing_changes_the_second_time(ward: Ward) -> None:
    assert (ward.first.code, ward.second.code) == (0, 0), ward.first.error + ward.second.error
    assert "made keys and a seed for the Linux machine" in ward.first.out
    assert ward.untouched
    told = [line for line in ward.second.out.splitlines() if not line.startswith("unchanged ")]
    assert [line.split(":")[0] for line in told] == ["FileVault is off", "NO UPS IS SEEN"]


def test_disks_are_raw_sparse_and_of_the_size_asked_for(ward: Ward) -> None:
    for name, gib in (("system", 10), ("longhorn", 20)):
        stat = ward.outer.file(f"{MACHINE}/{name}.raw").stat()
        assert stat.st_size == gib * 1024**3
        assert stat.st_blocks * 512 < 1024**2
        assert (stat.st_uid, stat.st_mode & 0o7777) == (380, 0o600)
    with ward.outer.file(f"{MACHINE}/system.raw").open("rb") as disk:
        assert disk.read(10) == b"a raw disk"


def test_the_seed_is_a_cloud_configuration_with_the_pinned_key(ward: Ward) -> None:
    text = ward.outer.file(f"{MACHINE}/user-data").read_text(encoding="utf-8")
    assert text.startswith("#cloud-config\n")
    seed = yaml.safe_load(text)
    assert seed["ssh_keys"]["ed25519_private"].startswith("-----BEGIN OPENSSH PRIVATE KEY-----\n")
    known = ward.outer.file(KNOWN).read_text(encoding="utf-8").split()
    assert known == ["node", *seed["ssh_keys"]["ed25519_public"].split()[:2]]
    (login,) = seed["ssh_authorized_keys"]
    assert login.startswith("ssh-ed25519 ")


def test_keys_are_seen_by_the_machines_own_user_only(ward: Ward) -> None:
    folder = ward.outer.file(MACHINE)
    assert (folder.stat().st_uid, folder.stat().st_mode & 0o7777) == (380, 0o700)
    assert not (folder / "host").exists(), "the host key stays in the seed alone"
    for name in ("user-data", "entry"):
        assert (folder / name).stat().st_mode & 0o077 == 0
    assert "PRIVATE" not in ward.first.out + ward.first.error + ward.sent.stdin


def test_the_machine_with_the_seeds_key_is_entered_as_root_and_no_other(ward: Ward) -> None:
    enter = replace(question(ward.sent, "id -un"), create="sudo -n /opt/node/bin/enter")
    assert ward.deployer.run(enter).out == "root\n"
    known = ward.outer.file(KNOWN)
    right = known.read_text(encoding="utf-8")
    known.write_text(f"node {world.KEY}\n", encoding="utf-8")
    refused = ward.deployer.run(enter)
    known.write_text(right, encoding="utf-8")
    assert refused.code != 0
    assert refused.out == ""
