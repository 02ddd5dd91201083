"""The disk of replicated volumes, on a loop device: formatted when empty, refused when it holds anything."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from components.onprem.machines.disk import MOUNT, Sized
from tests.components.onprem.machines import world
from tests.debian import program
from tests.machines.deployer import Ran
from tests.machines.disks import Disk
from tests.machines.prepared import Prepared, question

pytestmark = pytest.mark.xdist_group("debian-root")


def test_the_empty_disk_is_formatted_once_and_mounted_by_its_uuid(prepared: Prepared) -> None:
    said = prepared.first["rack-1-linux"].out
    assert "formatted /dev/loop" in said
    lines = [
        line for line in prepared.server.file("/etc/fstab").read_text("utf-8").splitlines() if MOUNT in line
    ]
    assert len(lines) == 1
    assert lines[0].startswith("UUID=")
    assert " ext4 noatime,nofail,x-systemd.device-timeout=60s 0 2" in lines[0]
    sent = prepared.sent["rack-1-linux"]
    found = json.loads(prepared.deployer.run(question(sent, f"findmnt --json {MOUNT}")).out)
    assert found["filesystems"][0]["fstype"] == "ext4"


def test_nothing_can_be_written_where_the_disk_is_missing(prepared: Prepared) -> None:
    sent = prepared.sent["rack-1-linux"]
    ran = prepared.deployer.run(question(sent, f"umount {MOUNT}; : >{MOUNT}/stray"))
    assert "Operation not permitted" in ran.error
    assert "mounted /dev/loop" in prepared.deployer.run(sent).out


SIGNATURES: Mapping[str, list[str]] = {
    "ext4": ["mkfs.ext4", "-q", "-F", "{}"],
    "another label": ["mkfs.ext4", "-q", "-F", "-L", "backup", "{}"],
    "swap": ["mkswap", "{}"],
    "partitions (GPT)": ["sh", "-c", "printf 'label: gpt\\n,,L\\n' | sfdisk --quiet {}"],
    "luks": ["sh", "-c", "printf 'LUKS\\272\\276\\0\\1' | dd of={} conv=notrunc status=none"],
    "lvm": ["sh", "-c", "printf 'LABELONE' | dd of={} bs=1 seek=512 conv=notrunc status=none"],
    "data without a name": ["sh", "-c", "echo patients | dd of={} bs=1 seek=70000 conv=notrunc status=none"],
}


@pytest.mark.parametrize("kind", SIGNATURES)
def test_a_disk_that_holds_anything_is_refused_and_left_as_it_is(
    kind: str, prepared: Prepared, tmp_path: Path
) -> None:
    program("sfdisk", "fdisk")
    with Disk(prepared.server.root, tmp_path, name="other") as disk:
        ran = subprocess.run(
            [part.format(disk.device) for part in SIGNATURES[kind]],
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        before = disk.digest()
        tried = _with_disk(prepared, disk)
        assert tried.code == 1, tried
        assert "NOT FORMATTED" in tried.error
        assert disk.digest() == before


def test_a_disk_that_is_not_there_is_missed_by_name(prepared: Prepared) -> None:
    sent = prepared.sent["rack-1-linux"]
    ran = prepared.deployer.run(question(sent, sent.stdin.replace("-tests-disk", "-nothing")))
    assert ran.code == 1
    assert "there is no disk /dev/disk/by-id/" in ran.error


def _with_disk(prepared: Prepared, disk: Disk) -> Ran:
    sent = prepared.sent["rack-1-linux"]
    return prepared.deployer.run(
        question(sent, sent.stdin.replace("/dev/disk/by-id/loop-tests-disk", disk.name))
    )


GIB = 1024**3


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ([("/dev/vda", 120, "disk", 0), ("/dev/vdb", 1400, "disk", 0)], "/dev/vdb"),
        ([("/dev/vda", 120, "disk", 0)], "no disk has 1400 GiB"),
        ([("/dev/vdb", 1400, "disk", 0), ("/dev/vdc", 1400, "disk", 0)], "several disks have 1400 GiB"),
        ([("/dev/vdb", 1400, "disk", 1), ("/dev/md0", 1400, "raid1", 0)], "no disk has 1400 GiB"),
    ],
)
def test_limas_disk_is_the_only_one_of_its_size(listed: list[tuple[str, int, str, int]], told: str) -> None:
    rows = "\n".join(f"{name} {gib * GIB} {kind} {locked}" for name, gib, kind, locked in listed)
    disk = world.LIMA.data_disk(world.mac())
    assert disk == Sized(gib=1400)
    script = f"""\
stop() {{ echo "$1"; exit 1; }}
lsblk() {{ cat <<'END'
{rows}
END
}}
{disk.find()}
echo "$disk"
"""
    ran = subprocess.run(["sh", "-eu", "-s"], input=script, capture_output=True, text=True, check=False)
    assert told in ran.stdout, ran.stderr
