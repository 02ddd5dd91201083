"""A hospital's machines for tests."""

from ipaddress import IPv4Address, IPv4Network
from typing import Any, Final

from components.files import File
from components.onprem.door import Door
from components.onprem.machines.downloads import Download
from components.onprem.machines.host import Lan, LinuxHost, LinuxInside, Mac
from components.onprem.machines.lima import Lima
from components.onprem.machines.vfkit import Vfkit

KEY: Final = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGsfTFB+f6dvtY3BajcTkLS0Komm1GXeMa9GbQ6dcM15"

LAN: Final = Lan(
    range=IPv4Network("10.20.0.0/22"),
    router=IPv4Address("10.20.3.254"),
    names=(IPv4Address("10.20.3.253"), IPv4Address("9.9.9.9")),
)

CLOCKS: Final = ("ntp1.hospital.example", "10.20.3.253")

LIMA: Final = Lima()

VFKIT: Final = Vfkit(image=Download(url="https://images.hospital.example/node.raw", sha256="0" * 64))

DRIVERS: Final = {"lima": LIMA, "vfkit": VFKIT}

UNIT: Final = "/etc/systemd/system/knock.service"

FILES: Final = {
    UNIT: File(content="[Service]\nExecStart=true\n[Install]\nWantedBy=multi-user.target\n"),
    "/etc/knock/settings.json": File(content='{"quote": "it\'s $HOME `id` \\\\"}\n', mode=0o640),
}


def door(address: str = "10.20.0.1", **changes: Any) -> Door:
    """An entry; its key is nobody's."""
    values: dict[str, Any] = {"address": IPv4Address(address), "user": "deploy", "host_key": KEY}
    return Door(**{**values, **changes})


def inside(**changes: Any) -> LinuxInside:
    """A Linux machine inside a Mac."""
    values: dict[str, Any] = {
        "address": IPv4Address("10.20.0.11"),
        "mac": "52:55:55:aa:00:11",
        "cpus": 8,
        "memory_gib": 8,
        "system_gib": 120,
        "storage_gib": 1400,
    }
    return LinuxInside(**{**values, **changes})


def mac(**changes: Any) -> Mac:
    """A Mac of 24 GB that also runs models."""
    values: dict[str, Any] = {
        "name": "mac-1",
        "door": door(),
        "cpus": 10,
        "memory_gib": 24,
        "disk_gib": 1860,
        "inference_gib": 10,
        "inside": inside(),
    }
    return Mac(**{**values, **changes})


def linux(**changes: Any) -> LinuxHost:
    """A machine that runs Linux by itself."""
    values: dict[str, Any] = {
        "name": "rack-1",
        "door": door("10.20.0.21"),
        "address": IPv4Address("10.20.0.21"),
        "interface": "enp1s0",
        "storage_device": "/dev/disk/by-id/nvme-eui.0025385b71b0a1d4",
    }
    return LinuxHost(**{**values, **changes})
