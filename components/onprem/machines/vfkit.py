"""vfkit with vmnet-helper: the second driver, for 10 GbE; bridging carries 14 to 21 Gbit/s."""

import json
from dataclasses import dataclass
from typing import ClassVar, Final

from components.files import File, Files
from components.onprem.machines.disk import Disk, Named
from components.onprem.machines.downloads import VFKIT, VMNET_HELPER, Download
from components.onprem.machines.driver import ETC, HOME, KNOWN, LOGIN, Driver, common, guest, start
from components.onprem.machines.host import Lan, Mac
from components.onprem.machines.launchd import USER
from components.onprem.machines.netplan import FILE as NETPLAN
from components.onprem.machines.netplan import netplan

MACHINE: Final = f"{HOME}/machine"
"""Its disks, keys and seed; the daemon's user alone may look inside."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Vfkit(Driver):
    """Raw disks, EFI, a seed for cloud-init made on the Mac, and a host key that never leaves the two.

    macOS 26 or newer: older ones would have vmnet-helper started as root through sudo.
    """

    image: Download
    """A raw disk of an arm64 cloud image of Ubuntu or Debian; no publisher lists the sum of one that fits."""

    macos: ClassVar[int] = 26
    lima: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if self.image.url.endswith((".img", ".qcow2")):
            raise ValueError(
                f"{self.image.url}: Apple's framework reads raw disks only; convert it once"
                " (qemu-img convert -O raw), and write where the raw disk lies, and its sha256"
            )

    def files(self, mac: Mac, lan: Lan) -> Files:
        """The seed without its keys, and the programs that start and enter the machine."""
        ssh = f"-i {MACHINE}/entry -o IdentitiesOnly=yes {LOGIN}@{mac.inside.address}"
        network = netplan(lan, mac.inside.address, mac.inside.mac, lima=False)[NETPLAN].content
        inner = json.loads(network)["network"]
        return {
            **common(guest(ssh), start(CLEAN, _run(mac))),
            f"{ETC}/user-data": File(content=USER_DATA),
            f"{ETC}/meta-data": File(content=f"instance-id: {mac.name}\nlocal-hostname: {mac.name}\n"),
            f"{ETC}/network-config": File(content=json.dumps(inner, indent=1) + "\n"),
        }

    def prepare(self, mac: Mac) -> str:
        """Brings vfkit, vmnet-helper and the image, and makes keys, seed and disks."""
        inside = mac.inside
        return "\n".join(
            [
                VFKIT.fetch(),
                VMNET_HELPER.fetch(),
                KEYS,
                _system(self.image, inside.system_gib),
                _storage(inside.storage_gib) if inside.storage_gib else "",
            ]
        )

    def data_disk(self, mac: Mac) -> Disk:  # noqa: ARG002 -- vfkit names it
        """By the name that vfkit gives it."""
        return Named(device="/dev/disk/by-id/virtio-longhorn")


USER_DATA: Final = f"""\
#cloud-config
users:
  - name: {LOGIN}
    shell: /bin/bash
    sudo: ALL=(ALL) NOPASSWD:ALL
    lock_passwd: true
ssh_pwauth: false
disable_root: true
ssh_deletekeys: true
"""

CLEAN: Final = "# Nothing of a power loss stays behind: the socket between the two is never a file."

KEYS: Final = f"""\
if [ ! -s {MACHINE}/user-data ]; then
  rm -rf {MACHINE}.new
  mkdir -m 0700 {MACHINE}.new
  ssh-keygen -q -t ed25519 -N '' -C entry -f {MACHINE}.new/entry
  ssh-keygen -q -t ed25519 -N '' -C node -f {MACHINE}.new/host
  (
    umask 077
    {{
      cat {ETC}/user-data
      echo "ssh_authorized_keys:"
      echo "  - $(cat {MACHINE}.new/entry.pub)"
      echo "ssh_keys:"
      echo "  ed25519_private: |"
      sed 's/^/    /' {MACHINE}.new/host
      echo "  ed25519_public: $(cat {MACHINE}.new/host.pub)"
    }} >{MACHINE}.new/user-data
    cp {ETC}/meta-data {ETC}/network-config {MACHINE}.new/
  )
  mkdir -p "$(dirname {KNOWN})"
  echo "node $(cut -d ' ' -f 1,2 {MACHINE}.new/host.pub)" >{KNOWN}
  rm -f {MACHINE}.new/host
  chown -R {USER}:{USER} {MACHINE}.new
  mv {MACHINE}.new {MACHINE}
  echo "made keys and a seed for the Linux machine"
fi"""


def _system(image: Download, gib: int) -> str:
    return f"""\
if [ ! -f {MACHINE}/system.raw ]; then
  fetch {image.url} {image.sha256} {MACHINE}/system.new
  dd if=/dev/zero of={MACHINE}/system.new bs=1 count=0 seek={gib * 1024**3} 2>/dev/null
  chown {USER}:{USER} {MACHINE}/system.new
  chmod 0600 {MACHINE}/system.new
  mv {MACHINE}/system.new {MACHINE}/system.raw
  echo "made a system disk of {gib} GiB"
fi"""


def _storage(gib: int) -> str:
    return f"""\
if [ ! -f {MACHINE}/longhorn.raw ]; then
  (
    umask 077
    dd if=/dev/zero of={MACHINE}/longhorn.raw bs=1 count=0 seek={gib * 1024**3} 2>/dev/null
  )
  chown {USER}:{USER} {MACHINE}/longhorn.raw
  echo "made a data disk of {gib} GiB"
fi"""


def _run(mac: Mac) -> str:
    inside = mac.inside
    seed = ",".join(f"{MACHINE}/{name}" for name in ("user-data", "meta-data", "network-config"))
    disks = [f"virtio-blk,path={MACHINE}/system.raw,deviceId=system"]
    if inside.storage_gib:
        disks.append(f"virtio-blk,path={MACHINE}/longhorn.raw,deviceId=longhorn")
    devices = [
        *disks,
        f"virtio-net,fd=4,mac={inside.mac}",
        "virtio-rng",
        f"virtio-serial,logFilePath={MACHINE}/console.log",
    ]
    arguments = [
        f"{VMNET_HELPER.folder}/bin/vmnet-run --operation-mode=bridged --shared-interface={mac.wired} --",
        f"{VFKIT.folder}/vfkit --cpus {inside.cpus} --memory {inside.memory_gib * 1024}",
        f"--bootloader efi,variable-store={MACHINE}/efi,create",
        f"--cloud-init {seed}",
        *(f"--device {each}" for each in devices),
    ]
    return " \\\n  ".join(arguments)
