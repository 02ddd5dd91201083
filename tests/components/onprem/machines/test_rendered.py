"""What is rendered for machines, held against the programs that will read it."""

import json
import plistlib
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from components.files import Files
from components.onprem.machines import clock, kernel, netplan
from components.onprem.machines.install import program
from components.onprem.machines.launchd import DAEMONS, MACHINE, USER
from components.onprem.machines.lima import YAML
from components.onprem.machines.linux import Given, linux_files, linux_script
from components.onprem.machines.mac import mac_files, mac_script
from tests.components.onprem.machines import world
from tests.debian import program as found

GIVEN = Given(files=world.FILES, starts=["knock.service"])
MACS = {name: mac_files(world.mac(), world.LAN, driver) for name, driver in world.DRIVERS.items()}
SCRIPTS = {
    **{f"mac-{name}": mac_script(world.mac(), world.LAN, driver) for name, driver in world.DRIVERS.items()},
    **{
        f"inside-{name}": linux_script(world.mac(), world.LAN, driver, world.CLOCKS, GIVEN)
        for name, driver in world.DRIVERS.items()
    },
    "linux": linux_script(world.linux(), world.LAN, None, world.CLOCKS, GIVEN),
    **{
        f"{name}{path}": file.content
        for name, files in MACS.items()
        for path, file in files.items()
        if file.content.startswith("#!/bin/sh\n")
    },
}
DISKLESS = world.inside(storage_gib=0)


def ran(*command: str | Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False)


def inner(driver: str) -> Files:
    return linux_files(world.mac(), world.LAN, world.DRIVERS[driver], world.CLOCKS, GIVEN)[0]


@pytest.mark.parametrize("name", SCRIPTS)
def test_shellcheck_finds_nothing_in_any_script(name: str) -> None:
    checked = ran(found("shellcheck", "shellcheck"), "--shell=sh", "-", text=SCRIPTS[name])
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("driver", world.DRIVERS)
def test_daemons_start_at_boot_and_whenever_they_end(driver: str) -> None:
    plists = {path: file for path, file in MACS[driver].items() if path.startswith(DAEMONS)}
    assert len(plists) == {"lima": 2, "vfkit": 1}[driver]
    for path, file in plists.items():
        read = plistlib.loads(file.content.encode())
        assert path == f"{DAEMONS}/{read['Label']}.plist"
        assert read["RunAtLoad"] is True
        assert read["KeepAlive"] is True
        assert read["ProcessType"] == "Interactive"
        assert file.mode == 0o644, "launchd refuses a daemon that others may write"


def test_the_linux_machine_is_run_by_its_own_user_and_has_time_to_shut_down() -> None:
    read = plistlib.loads(MACS["lima"][f"{DAEMONS}/{MACHINE}.plist"].content.encode())
    assert read["UserName"] == USER
    assert read["EnvironmentVariables"]["LIMA_HOME"] == "/opt/node/lima"
    assert read["ExitTimeOut"] > 90


def keys(document: Mapping[str, object], above: str = "") -> Iterator[str]:
    for key, value in document.items():
        yield f"{above}{key}"
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield from keys(each, f"{above}{key}.")


def test_lima_knows_every_key_of_its_machine() -> None:
    text = (Path(__file__).parent / "lima_keys.txt").read_text(encoding="utf-8")
    known = {word for line in text.splitlines() if not line.startswith("#") for word in line.split()}
    used = {*keys(yaml.safe_load(MACS["lima"][YAML].content))}
    assert used <= known
    assert {"images.digest", "networks.macAddress", "plain"} <= used


def test_limas_machine_is_closed_and_pinned() -> None:
    read = yaml.safe_load(MACS["lima"][YAML].content)
    assert read["plain"] is True
    assert read["mounts"] == []
    assert read["containerd"] == {"system": False, "user": False}
    assert read["ssh"]["forwardAgent"] is False
    assert read["hostResolver"] == {"enabled": False}, (
        "names are asked of the hospital's servers, not of the Mac"
    )
    assert read["dns"] == ["10.20.3.253", "9.9.9.9"]
    (image,) = read["images"]
    assert image["digest"].startswith("sha256:")
    (disk,) = read["additionalDisks"]
    assert disk["format"] is False, "only our own script formats, and only what is empty"
    without = mac_files(world.mac(inside=DISKLESS), world.LAN, world.LIMA)
    assert yaml.safe_load(without[YAML].content)["additionalDisks"] == []


def test_vfkit_gets_raw_disks_by_name_and_the_bridged_card() -> None:
    start = MACS["vfkit"]["/opt/node/bin/start"].content
    assert "vmnet-run --operation-mode=bridged --shared-interface=en0 --" in start
    assert "virtio-net,fd=4,mac=52:55:55:aa:00:11" in start
    assert "longhorn.raw,deviceId=longhorn" in start
    assert "--memory 8192" in start
    without = mac_files(world.mac(inside=DISKLESS), world.LAN, world.VFKIT)
    assert "longhorn" not in without["/opt/node/bin/start"].content


def test_cloud_init_accepts_vfkits_seed(tmp_path: Path) -> None:
    file = tmp_path / "user-data"
    file.write_text(MACS["vfkit"]["/opt/node/etc/user-data"].content, encoding="utf-8")
    checked = ran(found("cloud-init", "cloud-init"), "schema", "-c", file)
    assert "Valid" in checked.stdout + checked.stderr, checked.stderr


@pytest.mark.parametrize("driver", world.DRIVERS)
def test_netplan_accepts_the_network_and_only_one_card_leads_out(driver: str, tmp_path: Path) -> None:
    file = inner(driver)[netplan.FILE]
    assert file.mode == 0o600, "netplan warns of a file that others may read"
    there = tmp_path / netplan.FILE.removeprefix("/")
    there.parent.mkdir(parents=True)
    there.write_text(file.content, encoding="utf-8")
    there.chmod(0o600)
    made = ran(found("netplan", "netplan.io"), "generate", "--root-dir", tmp_path)
    assert made.returncode == 0, made.stderr
    written = {each.name: each.read_text() for each in (tmp_path / "run/systemd/network").glob("*.network")}
    assert "Address=10.20.0.11/22" in written["10-netplan-lan0.network"]
    assert "DHCP=" not in written["10-netplan-lan0.network"]
    assert "Gateway=10.20.3.254" in written["10-netplan-lan0.network"]
    others = [text for name, text in written.items() if "lan0" not in name]
    assert len(others) == (1 if driver == "lima" else 0)
    assert all("UseRoutes=false" in text for text in others)


LIMAS_OWN = """\
network:
  version: 2
  ethernets:
    eth0: {match: {macaddress: "52:55:55:00:00:01"}, dhcp4: true, set-name: eth0, dhcp-identifier: mac,
           dhcp4-overrides: {route-metric: 200}, nameservers: {addresses: [10.20.3.253, 9.9.9.9]}}
    lan0: {match: {macaddress: "52:55:55:aa:00:11"}, dhcp4: true, set-name: lan0, dhcp-identifier: mac,
           dhcp4-overrides: {route-metric: 100}}
"""
"""As cloud-init writes what Lima gives it, at every boot."""


def test_our_network_wins_over_the_one_that_lima_brings_at_every_boot(tmp_path: Path) -> None:
    folder = tmp_path / "etc/netplan"
    folder.mkdir(parents=True)
    (folder / "50-cloud-init.yaml").write_text(LIMAS_OWN, encoding="utf-8")
    (folder / "90-node.yaml").write_text(inner("lima")[netplan.FILE].content, encoding="utf-8")
    made = ran(found("netplan", "netplan.io"), "generate", "--root-dir", tmp_path)
    assert made.returncode == 0, made.stderr
    lan, own = (
        (tmp_path / f"run/systemd/network/10-netplan-{card}.network").read_text(encoding="utf-8")
        for card in ("lan0", "eth0")
    )
    assert "DHCP=" not in lan
    assert "Address=10.20.0.11/22" in lan
    assert "UseRoutes=false" in own
    assert "UseDNS=false" in own


def test_vfkits_seed_has_the_very_network_that_is_set_later() -> None:
    seed = json.loads(MACS["vfkit"]["/opt/node/etc/network-config"].content)
    assert {"network": seed} == json.loads(inner("vfkit")[netplan.FILE].content)


def test_chrony_accepts_its_configuration_and_asks_nobody_else(tmp_path: Path) -> None:
    content = inner("lima")[clock.CONFIGURATION].content
    file = tmp_path / "chrony.conf"
    file.write_text(content, encoding="utf-8")
    checked = ran(found("chronyd", "chrony"), "-p", "-f", file)
    assert checked.returncode == 0, checked.stderr
    asked = [line for line in content.splitlines() if line.startswith(("server", "pool", "peer"))]
    assert asked == [f"server {source} iburst" for source in world.CLOCKS]


def test_the_kernel_has_what_is_set() -> None:
    values = {**kernel.KUBELET, **kernel.NODE}
    missing = [key for key in values if not Path("/proc/sys", key.replace(".", "/")).exists()]
    known = {
        "net.bridge.bridge-nf-call-iptables",
        "kernel.yama.ptrace_scope",
    }  # with a module; Debian's, Ubuntu's
    assert {*missing} <= known


def test_no_script_leaves_its_stdin_to_a_program_it_runs() -> None:
    assert program("true").rstrip().endswith("main </dev/null")
    told = ran("sh", "-s", text=program("cat", "echo alive", home="/tmp/none").replace("mkdir -p", ": "))  # noqa: S108 -- not written
    assert told.stdout == "alive\n"
