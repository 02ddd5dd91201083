"""The runbook of a power loss: its commands are run, and what it quotes is what programs say."""

import re
import subprocess
from pathlib import Path
from typing import Final

import pytest

from components.onprem.machines.launchd import MACHINE, NETWORK
from components.onprem.machines.lima import LIMA_HOME
from components.onprem.machines.mac import RUNBOOK, mac_files, mac_script
from tests.components.onprem.machines import world
from tests.debian import program
from tests.machines.prepared import question
from tests.machines.ward import Ward

pytestmark = pytest.mark.xdist_group("debian-root")

PAGE: Final = (Path(__file__).parents[2] / RUNBOOK).read_text(encoding="utf-8")
BLOCKS: Final = re.findall(r"^```sh\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)


def block(starts: str) -> str:
    (found,) = (each for each in BLOCKS if each.startswith(starts))
    return found


@pytest.mark.parametrize("text", BLOCKS)
def test_shellcheck_finds_nothing_in_the_runbook(text: str) -> None:
    script = f"NODE=mac-1-node\n{text}"
    checked = subprocess.run(
        [
            program("shellcheck", "shellcheck"),
            "--shell=sh",
            "--exclude=SC2034",
            "-",
        ],  # not each block uses NODE
        input=script,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


def test_what_the_runbook_quotes_is_what_is_there() -> None:
    start = mac_files(world.mac(), world.LAN, world.LIMA)["/opt/node/bin/start"].content
    script = mac_script(world.mac(), world.LAN, world.LIMA)
    for quoted in ("starting", "ended with", "runs already, as process"):
        assert f"`{quoted}" in PAGE
        assert quoted in start
    for quoted in ("what changed takes effect when this node starts the next time", "a UPS is connected"):
        assert f"`{quoted}`" in PAGE
        assert quoted in script
    for label in (MACHINE, NETWORK):
        assert label in PAGE


def test_after_a_power_loss_the_machine_starts_and_the_checks_are_good(ward: Ward) -> None:
    mac = ward.sent["mac-1-macos"]
    left = f"echo 999999 >{LIMA_HOME}/node/ha.pid; : >{LIMA_HOME}/node/ha.sock"
    ward.deployer.run(question(mac, f"sudo -n -u _node sh -c '{left}'"))
    started = ward.deployer.run(question(mac, "sudo -n -u _node /opt/node/bin/start"))  # as launchd does
    assert started.code == 0, started.error
    assert not ward.outer.file(f"{LIMA_HOME}/node/ha.pid").exists()
    checks = ward.deployer.run(question(mac, block("# On the Mac.")))
    assert checks.code == 0, checks.error
    assert "removed what process 999999 left behind: it no longer runs" in checks.out
    assert "launchd runs the machine" in checks.out
    assert re.search(r"^ \d\d:\d\d:\d\d up .*load average", checks.out, flags=re.MULTILINE)


def test_a_node_is_restarted_by_the_runbooks_command(ward: Ward) -> None:
    mac = ward.sent["mac-1-macos"]
    restarted = ward.deployer.run(question(mac, block("# On the Mac: Linux shuts down")))
    assert restarted.code == 0
    asked = ward.deployer.run(question(mac, "tail -n 1 /run/asked")).out
    assert asked == f"launchctl kill TERM system/{MACHINE}\n"
