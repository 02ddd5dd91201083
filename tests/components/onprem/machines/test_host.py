"""What a description of a machine refuses."""

from ipaddress import IPv4Address
from typing import Any

import pytest

from components.files import File
from components.onprem.machines.clock import clock
from components.onprem.machines.downloads import LIMA, SOCKET_VMNET, UBUNTU, VFKIT, VMNET_HELPER, Download
from components.onprem.machines.host import Lan, address_of, interface_of, mac_of, machine_of
from components.onprem.machines.install import Reaction, install, install_secrets
from components.onprem.machines.node import NodeArgs
from components.onprem.machines.vfkit import Vfkit
from tests.components.onprem.machines import world


def test_a_node_is_entered_through_its_mac_and_a_linux_host_by_itself() -> None:
    mac, linux = world.mac(), world.linux()
    assert machine_of(mac).door == mac.door
    assert machine_of(mac).enter == "sudo -n /opt/node/bin/enter"
    assert mac_of(mac).enter == machine_of(linux).enter == "sudo sh -s"
    assert (address_of(mac), interface_of(mac)) == (IPv4Address("10.20.0.11"), "lan0")
    assert (address_of(linux), interface_of(linux)) == (IPv4Address("10.20.0.21"), "enp1s0")


def test_memory_disk_and_processors_must_fit_the_mac() -> None:
    with pytest.raises(
        ValueError, match=r"9 GiB for Linux, of which 8 are left \(24 less 6 for macOS and 10"
    ):
        world.mac(inside=world.inside(memory_gib=9))
    with pytest.raises(ValueError, match=r"disks of 120 and 1600 GiB, and 1710 are left"):
        world.mac(inside=world.inside(storage_gib=1600))
    with pytest.raises(ValueError, match="12 CPUs for Linux, and the Mac has 10"):
        world.mac(inside=world.inside(cpus=12))
    assert world.mac(inside=world.inside(memory_gib=8))


def test_disks_that_cannot_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="told apart by their size"):
        world.inside(system_gib=120, storage_gib=120)
    with pytest.raises(ValueError, match="may be another disk after a restart"):
        world.linux(storage_device="/dev/sdb")


def test_a_network_without_way_out_or_names_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing would reach it"):
        Lan(range=world.LAN.range, router=IPv4Address("10.21.0.1"), names=world.LAN.names)
    with pytest.raises(ValueError, match="at least one DNS server"):
        Lan(range=world.LAN.range, router=world.LAN.router, names=())


@pytest.mark.parametrize(
    ("sources", "why"), [((), "at least one NTP"), (("ntp.example\nallow",), "is no NTP server")]
)
def test_a_clock_without_sources_is_refused(sources: tuple[str, ...], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        clock(sources)


def test_a_download_is_known_by_its_content() -> None:
    with pytest.raises(ValueError, match="its sha256 is missing"):
        Download(url="https://images.hospital.example/node.raw", sha256="")
    with pytest.raises(ValueError, match="begins with https"):
        Download(url="http://images.hospital.example/node.raw", sha256="0" * 64)
    sums = [tool.file.sha256 for tool in (LIMA, SOCKET_VMNET, VFKIT, VMNET_HELPER)] + [UBUNTU.sha256]
    assert len({*sums}) == 5


def test_vfkit_refuses_an_image_that_apples_framework_cannot_read() -> None:
    with pytest.raises(ValueError, match="raw disks only; convert it once"):
        Vfkit(image=UBUNTU)


def test_a_name_that_could_say_more_than_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="it stands in scripts"):
        world.mac(name="mac 1; reboot")
    with pytest.raises(ValueError, match="it stands in scripts"):
        world.linux(interface="$(id)")


def test_a_driver_belongs_to_a_mac_and_a_file_is_secret_or_not() -> None:
    common: dict[str, Any] = {"lan": world.LAN, "clocks": world.CLOCKS}
    with pytest.raises(ValueError, match="a Mac needs a driver, and a Linux host has none"):
        NodeArgs(host=world.mac(), **common)
    with pytest.raises(ValueError, match="a Mac needs a driver, and a Linux host has none"):
        NodeArgs(host=world.linux(), driver=world.LIMA, **common)
    with pytest.raises(ValueError, match="both open and secret; name each file once"):
        NodeArgs(
            host=world.linux(), files=world.FILES, secret_files={"/etc/knock/settings.json": "x"}, **common
        )
    with pytest.raises(ValueError, match=r"/etc/chrony/chrony.conf: every node has this file already"):
        NodeArgs(host=world.linux(), files={"/etc/chrony/chrony.conf": File(content="\n")}, **common)


@pytest.mark.parametrize("path", ["etc/x", "/etc/../x", "/etc/x/", "/etc/a b", "/etc/$(id)"])
def test_a_path_that_is_not_plain_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="no plain absolute path"):
        install({path: File(content="\n")})
    with pytest.raises(ValueError, match="no plain absolute path"):
        install_secrets({path: "x"})


def test_a_text_that_would_end_the_script_early_is_refused() -> None:
    for content in ("no end of line", "a\nEND-OF-FILE\nrm -rf /\n"):
        with pytest.raises(ValueError, match="have no line END-OF-FILE"):
            install({"/etc/x": File(content=content)})


def test_a_reaction_has_a_plain_name() -> None:
    with pytest.raises(ValueError, match="is no name of a reaction"):
        install({}, [Reaction(name="a b", paths=[], run=":")])
