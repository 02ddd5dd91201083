"""A Mac with Lima, and Linux inside: prepared through the Mac's door, by SSH within SSH, real host keys."""

from pathlib import Path

import pytest
import yaml

from components.onprem.machines.driver import KNOWN
from components.onprem.machines.lima import LIMA_HOME, YAML
from components.onprem.machines.mac import mac_files
from components.onprem.machines.netplan import FILE as NETPLAN
from components.onprem.machines.node import Node
from tests.components.onprem.machines import world
from tests.machines.deployer import Deployer, Ran, commands
from tests.machines.macs import mac
from tests.machines.prepared import question
from tests.machines.shims import ASKED
from tests.machines.ward import HOST, Ward, args

pytestmark = pytest.mark.xdist_group("debian-root")


def test_everything_is_prepared_in_order(ward: Ward) -> None:
    assert [*ward.first] == ["mac-1-macos", "mac-1-secrets", "mac-1-linux"]
    assert {ran.code for ran in ward.first.values()} == {0}, ward.first
    said = ward.first["mac-1-macos"].out
    for line in ("installed lima 2.2.0", "made the Linux machine", "started hospital.node.machine"):
        assert line in said
    assert "FileVault is off" in said
    assert "NO UPS IS SEEN" in said


def test_a_second_time_nothing_changes_on_the_mac_or_inside(ward: Ward) -> None:
    assert {ran.code for ran in ward.second.values()} == {0}, ward.second
    assert ward.untouched
    said = [line for ran in ward.second.values() for line in ran.out.splitlines()]
    told = [line for line in said if not line.startswith("unchanged ")]
    assert [line.split(":")[0] for line in told] == ["FileVault is off", "NO UPS IS SEEN"]


def test_scripts_of_the_node_run_inside_and_not_on_the_mac(ward: Ward) -> None:
    assert ward.inner.file("/etc/knock/secret").read_text(encoding="utf-8") == "hush"
    assert not ward.outer.file("/etc/knock").exists()
    assert ward.inner.file(NETPLAN).exists()
    asked = _inside(ward, f"cat {ASKED}").out
    assert "networkctl reconfigure lan0 eth0" in asked
    assert "hostnamectl set-hostname mac-1" in asked


def test_files_of_the_mac_have_their_content_and_mode(ward: Ward) -> None:
    for path, file in mac_files(HOST, world.LAN, world.LIMA).items():
        there = ward.outer.file(path)
        assert there.read_text(encoding="utf-8") == file.content
        assert there.stat().st_mode & 0o7777 == file.mode
        assert there.stat().st_uid == 0


def test_programs_are_roots_own_and_nobody_else_writes_them(ward: Ward) -> None:
    programs = list(ward.outer.file("/opt/node/tools").rglob("*"))
    assert len([path for path in programs if path.is_file()]) == 2
    assert {path.stat().st_uid for path in programs} == {0}
    assert not [path for path in programs if path.stat().st_mode & 0o022]


def test_limactl_runs_as_its_own_user_and_with_its_own_home(ward: Ward) -> None:
    assert "limactl create --tty=false --name=node /opt/node/etc/lima.yaml" in ward.asked
    assert ward.asked.count("limactl ") == 1, "no disk of 0 GiB, and nothing made twice"
    home = ward.outer.file(LIMA_HOME)
    assert (home.stat().st_uid, home.stat().st_mode & 0o7777) == (380, 0o700)


def test_the_mac_stays_awake_and_is_not_updated_by_itself(ward: Ward) -> None:
    for line in ("pmset -c sleep 0", "pmset -c autorestart 1"):
        assert line in ward.asked.splitlines()
    key = "/Library/Preferences/com.apple.SoftwareUpdate AutomaticallyInstallMacOSUpdates"
    assert f"defaults write {key} -bool false" in ward.asked


def test_another_host_key_inside_is_refused(ward: Ward) -> None:
    known = ward.outer.file(KNOWN)
    right = known.read_text(encoding="utf-8")
    assert right.split()[:3] == ["node", *ward.inner.host_key.split()]
    known.write_text(f"node {world.KEY}\n", encoding="utf-8")
    prepared, entered = ward.deployer.run(ward.sent["mac-1-macos"]), _inside(ward, "echo inside")
    known.write_text(right, encoding="utf-8")
    assert prepared.code == 1
    assert "shows another host key" in prepared.error
    assert entered.code != 0
    assert entered.out == ""


def test_a_change_waits_for_the_next_start_and_says_so(ward: Ward) -> None:
    sent = commands(lambda: Node("mac-1", args(ward.outer, memory_gib=7)))[0]
    said = ward.deployer.run(sent).out
    assert f"wrote {YAML}" in said
    assert "takes effect when this node starts the next time" in said
    read = yaml.safe_load(ward.outer.file(f"{LIMA_HOME}/node/lima.yaml").read_text(encoding="utf-8"))
    assert read["memory"] == "7GiB"
    assert "bootout" not in _outside(ward, f"cat {ASKED}").out
    ward.deployer.run(ward.sent["mac-1-macos"])


@pytest.mark.parametrize(
    ("made", "code", "told"),
    [
        ("echo 13.6.1 >/run/macos", 1, "macOS 13.6.1: 14 or newer is needed"),
        ("echo 'FileVault is On.' >/run/vault", 0, "this Mac and its node wait for a password"),
        ("echo \"Now drawing from 'UPS Power'\" >/run/power", 0, "a UPS is connected"),
    ],
)
def test_a_mac_is_looked_at_first(made: str, code: int, told: str, ward: Ward) -> None:
    _outside(ward, made)
    ran = ward.deployer.run(ward.sent["mac-1-macos"])
    _outside(ward, "rm -f /run/macos /run/vault /run/power")
    assert ran.code == code
    assert told in ran.out + ran.error


def _outside(ward: Ward, script: str) -> Ran:
    return ward.deployer.run(question(ward.sent["mac-1-macos"], script))


def _inside(ward: Ward, script: str) -> Ran:
    return ward.deployer.run(question(ward.sent["mac-1-linux"], script))


def test_a_download_with_another_content_is_not_used(tmp_path: Path) -> None:
    deployer = Deployer(tmp_path)
    with mac(tmp_path / "mac") as outer:
        outer.let_in(deployer.public_key)
        outer.file("/srv/downloads/lima-2.2.0-Darwin-arm64.tar.gz").write_bytes(b"something else")
        ran = deployer.run(commands(lambda: Node("mac-1", args(outer)))[0])
        assert ran.code == 1
        assert "is pinned: not used" in ran.error
        assert not outer.file("/opt/node/tools/lima-2.2.0").exists()
