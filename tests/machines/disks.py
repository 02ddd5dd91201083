"""A disk for a machine in a root: a loop device, in the test's own folder."""

import hashlib
import os
import stat
import subprocess
from pathlib import Path
from typing import Self

from tests.debian import program, unavailable

SIZE = 96 * 1024**2


class Disk:
    """Empty at first; known in the root by a lasting name."""

    def __init__(self, root: Path, folder: Path, name: str = "tests-disk") -> None:
        self._file = folder / f"{name}.raw"
        with self._file.open("wb") as file:
            file.truncate(SIZE)
        tool = program("losetup", "mount")
        made = subprocess.run(
            [tool, "--find", "--show", self._file], capture_output=True, text=True, check=False
        )
        if made.returncode:
            unavailable(f"no loop devices here: {made.stderr}")
        self.device = made.stdout.strip()
        self.name = f"/dev/disk/by-id/loop-{name}"
        self._node, self._link = root / self.device.lstrip("/"), root / self.name.lstrip("/")
        self._node.unlink(missing_ok=True)
        os.mknod(self._node, 0o600 | stat.S_IFBLK, os.stat(self.device).st_rdev)  # noqa: PTH116 -- a device
        self._link.parent.mkdir(parents=True, exist_ok=True)
        self._link.symlink_to(f"../../{self._node.name}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._link.unlink()
        self._node.unlink()
        subprocess.run(["losetup", "--detach", self.device], check=False)

    def digest(self) -> str:
        """Of all that it holds."""
        os.sync()
        return hashlib.sha256(self._file.read_bytes()).hexdigest()
