"""The disk of replicated volumes: formatted once, when it holds nothing at all, and never again."""

from dataclasses import dataclass
from typing import Final

MOUNT: Final = "/var/lib/longhorn"

LABEL: Final = "longhorn"

OPTIONS: Final = "noatime,nofail,x-systemd.device-timeout=60s"
"""``nofail``: without its disk a machine must still come up, or nobody could enter it to see why.

So that nothing is then written where the disk is missing, the directory below the mount is immutable.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A disk by its lasting name."""

    device: str
    """In ``/dev/disk/by-id``."""

    def find(self) -> str:
        """Shell that sets ``disk``."""
        return f"""\
disk=$(readlink -e {self.device}) ||
  stop "there is no disk {self.device}: is it plugged in, and its name right?\""""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sized:
    """A disk by its size, for a machine whose disks were made for it and have no names (Lima's)."""

    gib: int

    def find(self) -> str:
        """Shell that sets ``disk``."""
        size = self.gib * 1024**3
        return f"""\
disk=$(lsblk --bytes --nodeps --noheadings --raw --output PATH,SIZE,TYPE,RO |
  awk '$2 == {size} && $3 == "disk" && $4 == 0 {{ print $1 }}')
case $disk in
  '') stop "no disk has {self.gib} GiB: was the machine made with another storage_gib?" ;;
  *[[:space:]]*) stop "several disks have {self.gib} GiB: it cannot be told which one is meant" ;;
esac"""


Disk = Named | Sized


def data_disk(disk: Disk) -> str:
    """The step that formats the disk if it is empty, mounts it by its UUID, and refuses anything else.

    ext4 and not XFS: both serve Longhorn, and after a power loss ext4 is checked and repaired at boot by
    itself (the last field in ``/etc/fstab``), while XFS would wait for somebody who runs xfs_repair.
    """
    return f"{disk.find()}\n{FORMAT}\n{MOUNTED}"


FORMAT: Final = f"""\
if [ "$(blkid -p -s TYPE -s LABEL -o value "$disk" | sort | tr '\\n' ' ')" = 'ext4 {LABEL} ' ]; then
  echo "unchanged $disk: it is ours"
else
  found=$(wipefs --no-act --noheadings --output TYPE,OFFSET "$disk")
  parts=$(lsblk --noheadings --raw --output NAME "$disk" | wc -l)
  bytes=$(head -c 16777216 "$disk" | tr -d '\\0' | head -c 1 | wc -c)
  if [ -n "$found" ] || [ "$parts" -ne 1 ] || [ "$bytes" -ne 0 ]; then
    stop "NOT FORMATTED: $disk is not empty. Look at what it holds: lsblk -f $disk; wipefs $disk.\
 Only if nobody needs it: blkdiscard -f $disk, and deploy again"
  fi
  mkfs.ext4 -q -L {LABEL} -m 0 "$disk"
  echo "formatted $disk"
fi"""
"""Makes it ours, if it holds nothing at all."""

MOUNTED: Final = f"""\
uuid=$(blkid -p -s UUID -o value "$disk")
line="UUID=$uuid {MOUNT} ext4 {OPTIONS} 0 2"
if ! grep -qxF "$line" /etc/fstab; then
  if grep -qE '^[^#]+[[:space:]]{MOUNT}[[:space:]]' /etc/fstab; then
    stop "/etc/fstab has another disk at {MOUNT}: one of the two must go, and only somebody knows which"
  fi
  printf '%s\\n' "$line" >>/etc/fstab
  systemctl daemon-reload
  echo "wrote $disk into /etc/fstab"
fi
if ! mountpoint -q {MOUNT}; then
  mkdir -p {MOUNT}
  if [ -n "$(ls -A {MOUNT})" ]; then
    stop "{MOUNT} has files below the mount: they were written while the disk was missing; move them away"
  fi
  chattr +i {MOUNT}
  mount {MOUNT}
  echo "mounted $disk at {MOUNT}"
fi
[ "$(findmnt --noheadings --output UUID --mountpoint {MOUNT})" = "$uuid" ] ||
  stop "another disk is mounted at {MOUNT}\""""

"""By its UUID, now and at every boot."""
