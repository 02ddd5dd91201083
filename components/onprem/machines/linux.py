"""Everything that is done inside Linux: one script for a machine inside a Mac and for a Linux host."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from components.files import File, Files
from components.onprem.machines import clock, kernel, netplan, packages
from components.onprem.machines.disk import Disk, Named, data_disk
from components.onprem.machines.driver import Driver
from components.onprem.machines.host import Host, Lan, Mac
from components.onprem.machines.install import Reaction, install, program

NAME_FILE: Final = "/etc/hostname"

UNITS: Sequence[str] = ("iscsid.service", clock.UNIT)

OFF: Sequence[str] = ("multipathd.socket", "multipathd.service")
"""It takes Longhorn's devices for paths of one disk (Longhorn's own troubleshooting)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What others want on the machine."""

    files: Files = field(default_factory=dict)
    starts: Sequence[str] = ()
    """Units among the files, in the order of starting; started anew when any of the files changes."""


def linux_script(host: Host, lan: Lan, driver: Driver | None, clocks: Sequence[str], given: Given) -> str:
    """Prepares the machine; may run any number of times."""
    files, reactions = linux_files(host, lan, driver, clocks, given)
    disk = disk_of(host, driver)
    inside = isinstance(host, Mac)
    return program(
        packages.install_packages([*packages.PACKAGES, *(packages.INSIDE if inside else ())]),
        "" if isinstance(host, Mac) else netplan.check_address(host.address, host.interface),
        kernel.load_modules(),
        kernel.swap_off(),
        install(files, reactions),
        packages.units([*UNITS, *given.starts], OFF),
        data_disk(disk) if disk else "",
    )


def linux_files(
    host: Host, lan: Lan, driver: Driver | None, clocks: Sequence[str], given: Given
) -> tuple[Files, Sequence[Reaction]]:
    """What lies on the machine, and what a change of it asks for, in order."""
    inside: Files = {}
    reactions: list[Reaction] = [*packages.REACTIONS, kernel.REACTION, clock.REACTION]
    if isinstance(host, Mac) and driver:
        inside = {
            NAME_FILE: File(content=f"{host.name}\n"),
            **netplan.netplan(lan, host.inside.address, host.inside.mac, lima=driver.lima),
        }
        reactions += [_rename(host.name), netplan.reaction(lima=driver.lima)]
    own = {**packages.system(), **kernel.kernel(), **clock.clock(clocks), **inside}
    both = sorted({*own} & {*given.files})
    if both:
        raise ValueError(f"{', '.join(both)}: every node has this file already; put yours elsewhere")
    if given.starts:
        reactions.append(started(given))
    return {**own, **given.files}, reactions


def disk_of(host: Host, driver: Driver | None) -> Disk | None:
    """The disk of replicated volumes, if the machine has one."""
    if isinstance(host, Mac):
        return driver.data_disk(host) if driver and host.inside.storage_gib else None
    return Named(device=host.storage_device) if host.storage_device else None


def _rename(name: str) -> Reaction:
    return Reaction(
        name="name", paths=[NAME_FILE], run=f"hostnamectl set-hostname {name}", says=f"called {name} now"
    )


def started(given: Given) -> Reaction:
    """What others want started: now, anew, and at every boot."""
    units = " ".join(given.starts)
    return Reaction(
        name="given",
        paths=sorted(given.files),
        run=(
            "sysctl --quiet --system >/dev/null\nsystemctl daemon-reload\n"
            f"systemctl --quiet enable {units}\nsystemctl restart {units}"
        ),
        says=f"started anew: {units}",
    )
