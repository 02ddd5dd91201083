"""The machines of a hospital, as whoever bought them describes them."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from typing import Final

from components.onprem.door import Door, Machine

MACOS_GIB: Final = 6
"""Memory that macOS keeps for itself; it uses 4 to 6 GiB with nobody logged in."""

MACOS_DISK_GIB: Final = 150
"""Disk that macOS keeps for itself, with room for one of its updates and for models."""

ENTER: Final = "sudo -n /opt/node/bin/enter"
"""On a Mac: runs, as root in its Linux machine, the script that it reads, whatever drives that machine."""

PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")

CARD: Final = "lan0"
"""The network card of every Linux machine inside a Mac, in the hospital's network."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lan:
    """A hospital's network, as its machines are told of it."""

    range: IPv4Network
    router: IPv4Address
    names: tuple[IPv4Address, ...]
    """Servers of DNS."""

    def __post_init__(self) -> None:
        if self.router not in self.range:
            raise ValueError(f"router {self.router} does not lie in {self.range}: nothing would reach it")
        if not self.names:
            raise ValueError(
                "names: write at least one DNS server; images and packages are asked for by name"
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class LinuxInside:
    """The Linux machine inside a Mac; it is the node, and never sees the Mac's GPU."""

    address: IPv4Address
    mac: str
    """Locally administered, its own for ever, like ``52:55:55:aa:00:11``."""
    cpus: int
    memory_gib: int
    system_gib: int
    storage_gib: int
    """Disk of replicated volumes; 0 for none."""

    def __post_init__(self) -> None:
        if self.system_gib == self.storage_gib:
            raise ValueError(
                f"{self.address}: system and storage are both {self.system_gib} GiB, and disks are told"
                " apart by their size; write another storage_gib"
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class Mac:
    """A Mac with Apple's own processor, and the Linux machine inside."""

    name: str
    door: Door
    """The Mac's own; its Linux machine is entered through it."""
    cpus: int
    memory_gib: int
    disk_gib: int
    inside: LinuxInside
    inference_gib: int = 0
    """Memory of models on the GPU, outside the Linux machine."""
    wired: str = "en0"
    """The card that the Linux machine shares; never Wi-Fi, which carries one address only."""

    def __post_init__(self) -> None:
        _check_plain("name", self.name)
        _check_plain("card", self.wired)
        inside = self.inside
        memory = self.memory_gib - MACOS_GIB - self.inference_gib
        if inside.memory_gib > memory:
            raise ValueError(
                f"{self.name}: {inside.memory_gib} GiB for Linux, of which {memory} are left"
                f" ({self.memory_gib} less {MACOS_GIB} for macOS and {self.inference_gib} for models);"
                " write less"
            )
        disk = self.disk_gib - MACOS_DISK_GIB
        if inside.system_gib + inside.storage_gib > disk:
            raise ValueError(
                f"{self.name}: disks of {inside.system_gib} and {inside.storage_gib} GiB, and {disk} are left"
                f" ({self.disk_gib} less {MACOS_DISK_GIB} for macOS); write less"
            )
        if inside.cpus > self.cpus:
            raise ValueError(
                f"{self.name}: {inside.cpus} CPUs for Linux, and the Mac has {self.cpus}; write no more"
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class LinuxHost:
    """A machine that runs Linux by itself. Its network is whoever installed it's: it is checked, not set."""

    name: str
    door: Door
    address: IPv4Address
    interface: str
    """Its wired card, as ``ip link`` names it."""
    storage_device: str | None = None
    """The whole disk of replicated volumes, by its lasting name in ``/dev/disk/by-id``."""

    def __post_init__(self) -> None:
        _check_plain("name", self.name)
        _check_plain("card", self.interface)
        if self.storage_device and not self.storage_device.startswith("/dev/disk/by-id/"):
            raise ValueError(
                f"{self.name}: {self.storage_device} may be another disk after a restart; write its name in"
                " /dev/disk/by-id"
            )


Host = Mac | LinuxHost


def _check_plain(what: str, value: str) -> None:
    if not PLAIN.fullmatch(value):
        raise ValueError(f"{what} {value!r}: write letters, digits, dots and dashes; it stands in scripts")


def machine_of(host: Host) -> Machine:
    """The node, known without the engine: what scripts of the cluster run on."""
    if isinstance(host, Mac):
        return Machine(name=host.name, door=host.door, enter=ENTER)
    return Machine(name=host.name, door=host.door)


def mac_of(host: Mac) -> Machine:
    """The Mac itself, outside its Linux machine: what inference runs on."""
    return Machine(name=f"{host.name}-macos", door=host.door)


def address_of(host: Host) -> IPv4Address:
    """The node's own, in the hospital's network."""
    return host.inside.address if isinstance(host, Mac) else host.address


def interface_of(host: Host) -> str:
    """The node's card in the hospital's network."""
    return CARD if isinstance(host, Mac) else host.interface
