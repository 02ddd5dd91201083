"""A Mac for tests: a Debian root with Apple's commands stood in for, and archives in place of downloads."""

import io
import subprocess
import tarfile
from pathlib import Path

from components.onprem.machines.downloads import LIMA, SOCKET_VMNET, VFKIT, VMNET_HELPER, Download
from tests.machines.apple import LIMACTL, MAC, SSH_CONFIG
from tests.machines.server import Server


def mac(where: Path, image: Download | None = None) -> Server:
    """One that never was touched."""
    server = Server(where, "deploy", MAC)
    programs = {
        LIMA.file: archive({"./bin/limactl": LIMACTL}),
        SOCKET_VMNET.file: archive({"./opt/socket_vmnet/bin/socket_vmnet": "#!/bin/sh\n"}),
        VMNET_HELPER.file: archive({"./opt/vmnet-helper/bin/vmnet-run": "#!/bin/sh\n"}),
        VFKIT.file: b"#!/bin/sh\n",
        **({image: b"a raw disk"} if image else {}),
    }
    for file, content in programs.items():
        offer(server, file, content)
    return server


def offer(server: Server, file: Download, content: bytes) -> None:
    """Has a download bring this, with the sum that is pinned."""
    for path in (f"/srv/downloads/{file.url.rpartition('/')[2]}", f"/srv/known/{file.sha256}"):
        server.file(path).parent.mkdir(parents=True, exist_ok=True)
        server.file(path).write_bytes(content)


def archive(files: dict[str, str]) -> bytes:
    """As releases are packed: somebody else owns what is inside."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size, member.mode, member.uid, member.gid = len(text.encode()), 0o775, 501, 20
            tar.addfile(member, io.BytesIO(text.encode()))
    return packed.getvalue()


def join(outer: Server, inner: Server, folder: Path) -> None:
    """What Lima knows of its machine: where its SSH server is, and a key that it takes."""
    key = folder / "login"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    inner.let_in((folder / "login.pub").read_text(encoding="utf-8"))
    outer.file("/srv/login").write_bytes(key.read_bytes())
    outer.file("/srv/login").chmod(0o644)
    outer.file("/srv/ssh.config").write_text(SSH_CONFIG.format(port=inner.port), encoding="utf-8")
