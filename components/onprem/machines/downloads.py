"""What Macs download: one table, each at one version, and refused when it is not exactly that."""

import re
from dataclasses import dataclass
from typing import Final

TOOLS: Final = "/opt/node/tools"
"""Root's: nobody else can put another program where root's daemons look for one."""

SHA256: Final = re.compile(r"[0-9a-f]{64}")

GITHUB: Final = "https://github.com"


@dataclass(frozen=True, kw_only=True, slots=True)
class Download:
    """A file of its publisher's, known by its content."""

    url: str
    sha256: str

    def __post_init__(self) -> None:
        if not self.url.startswith("https://"):
            raise ValueError(f"{self.url}: write an address that begins with https://")
        if not SHA256.fullmatch(self.sha256):
            raise ValueError(
                f"{self.url}: its sha256 is missing or no sha256; write the one its publisher lists"
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class Tool:
    """A program at one version, in a folder of its own below ``TOOLS``."""

    name: str
    version: str
    file: Download
    inside: str | None
    """The folder in the archive that is taken; empty for all of it, ``None`` for a bare program."""

    @property
    def folder(self) -> str:
        """Where it lies."""
        return f"{TOOLS}/{self.name}-{self.version}"

    def fetch(self) -> str:
        """The step that brings it there if it is not there yet."""
        if self.inside is None:
            unpack = f'mkdir "$tool"\n  install -m 0755 "$got" "$tool/{self.name}"'
        elif self.inside:
            unpack = f'mkdir "$all"\n  tar -xzof "$got" -C "$all"\n  mv "$all/{self.inside}" "$tool"'
        else:
            unpack = 'mkdir "$tool"\n  tar -xzof "$got" -C "$tool"'
        return f"""\
tool={TOOLS}/new got={TOOLS}/archive all={TOOLS}/all
if [ ! -d {self.folder} ]; then
  rm -rf "$tool" "$all"
  mkdir -p {TOOLS}
  fetch {self.file.url} {self.file.sha256} "$got"
  {unpack}
  rm -rf "$all" "$got"
  chown -R 0:0 "$tool"
  chmod -R go-w "$tool"
  mv "$tool" {self.folder}
  echo "installed {self.name} {self.version}"
fi"""


FETCH: Final = """\
# fetch URL SHA256 FILE: that very content, or nothing.
fetch() {
  curl --fail --silent --show-error --location --proto '=https' --output "$3.part" "$1"
  sum=$(shasum -a 256 "$3.part" | cut -d ' ' -f 1)
  if [ "$sum" != "$2" ]; then
    rm -f "$3.part"
    stop "$1 has sha256 $sum, and $2 is pinned: not used"
  fi
  mv -f "$3.part" "$3"
}"""

LIMA: Final = Tool(
    name="lima",
    version="2.2.0",
    file=Download(
        url=f"{GITHUB}/lima-vm/lima/releases/download/v2.2.0/lima-2.2.0-Darwin-arm64.tar.gz",
        sha256="bbdef91774885a0d05f7b048c4eb89ae2bcf3a0c252ae7ca7934e63df76d93c3",
    ),
    inside="",
)
"""The sum is of the release's SHA256SUMS, as several public repositories quote it alike."""

SOCKET_VMNET: Final = Tool(
    name="socket_vmnet",
    version="1.2.2",
    file=Download(
        url=f"{GITHUB}/lima-vm/socket_vmnet/releases/download/v1.2.2/socket_vmnet-1.2.2-arm64.tar.gz",
        sha256="c7bf62308fbcfdc29bdfb8373c9b1951f7ac2396446e4390919796a94972e6dc",
    ),
    inside="opt/socket_vmnet",
)
"""Likewise."""

VFKIT: Final = Tool(
    name="vfkit",
    version="0.6.4",
    file=Download(
        url=f"{GITHUB}/crc-org/vfkit/releases/download/v0.6.4/vfkit",
        sha256="0ed83fc8ca7aa708598835480dba1362406aa7cd1dab3b27464eb76327d9652d",
    ),
    inside=None,
)
"""The digest that GitHub lists for the signed program, as several public repositories quote it alike."""

VMNET_HELPER: Final = Tool(
    name="vmnet-helper",
    version="0.11.0",
    file=Download(
        url=f"{GITHUB}/nirs/vmnet-helper/releases/download/v0.11.0/vmnet-helper.tar.gz",
        sha256="dfeca3e8cc9d9b1e0e40df12e42975f10433b9ccbb8f0a239d42df99611caa76",
    ),
    inside="opt/vmnet-helper",
)
"""The sum is of its author's own Homebrew formula; later versions are built from source there."""

UBUNTU: Final = Download(
    url="https://cloud-images.ubuntu.com/releases/resolute/release-20260720/"
    "ubuntu-26.04-server-cloudimg-arm64.img",
    sha256="7bcf159e29ad0000bfed9c57875908c39268f5ed1257f4958fa6a9f5f60edd54",
)
"""Ubuntu 26.04, which Longhorn 1.12 is verified on. The sum is of Lima's own template of that image.

Its publisher removes a build after some months: then a new Mac needs a newer one; those that run do not.
"""
