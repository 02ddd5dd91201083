"""A Mac as far as this machine can be one: the scripts run in a folder, with Apple's commands as shims.

What is a shim: uname, dscl, launchctl, chown (the users do not exist), curl (no internet), shasum where it is
missing, and the downloaded programs. What is real: sh, openssl, tar, cmp, and every file.
"""

import os
import subprocess
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from components.onprem.inference import layout
from components.onprem.inference.pins import CADDY, UV

SHIMS: Mapping[str, str] = {
    "uname": "echo 'Darwin arm64'",
    "chown": 'echo "$@" >>"$MAC/owners"',
    "dscl": """
shift
case $1 in
  -read) [ -f "$MAC/accounts$2" ] ;;
  -list) find "$MAC/accounts$2" -type f -exec sed -n "s/^$3 /x /p" {} + ;;
  -create) mkdir -p "$MAC/accounts${2%/*}"; echo "$3 $4" >>"$MAC/accounts$2" ;;
esac""",
    "launchctl": """
echo "$*" >>"$MAC/launchd.log"
mkdir -p "$MAC/loaded"
case $1 in
  print) [ -f "$MAC/loaded/${2#system/}" ] ;;
  bootstrap) touch "$MAC/loaded/$(basename "$3" .plist)" ;;
  bootout) rm "$MAC/loaded/${2#system/}" ;;
esac""",
    "curl": """
echo "$*" >>"$MAC/curl.log"
while [ $# -gt 1 ]; do
  [ "$1" = --output ] && to=$2
  shift
done
cp "$MAC/internet/$(basename "$1")" "$to" """,
    "shasum": 'if [ $# -gt 1 ]; then shift 2; exec sha256sum "$@"; fi; exec sha256sum',
}

UV_SHIM = """#!/bin/sh
case $1 in
  venv) for each; do :; done; mkdir -p "$each/bin"; touch "$each/bin/python" ;;
  pip) grep -q 'hash=sha256' "${*##* }" ;;
esac
"""


@dataclass(frozen=True, slots=True)
class FakeMac:
    """Everything below one folder."""

    root: Path

    def __post_init__(self) -> None:
        for name, body in SHIMS.items():
            self._program(self.root / "shims" / name, f"#!/bin/sh\n{body}\n")
        for folder in ("Library/LaunchDaemons", "etc/newsyslog.d", "internet", "accounts/Users", "opt"):
            (self.root / folder).mkdir(parents=True)
        (self.root / "accounts/Groups").mkdir()

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        """As ``sudo sh -s`` would."""
        return subprocess.run(
            ["sh", "-s"],
            input=self.here(script),
            env={**os.environ, "PATH": f"{self.root}/shims:{os.environ['PATH']}", "MAC": str(self.root)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def done(self, script: str) -> str:
        """What it said, when it went well."""
        ran = self.run(script)
        assert ran.returncode == 0, ran.stderr
        return ran.stderr

    def here(self, text: str) -> str:
        """Every path of the Mac below the folder."""
        for path in (layout.HOME, "/var/log/inference", "/Library", "/etc/newsyslog.d"):
            text = text.replace(path, f"{self.root}{path}")
        return text

    def path(self, path: str) -> Path:
        """Of a file on the Mac."""
        return Path(f"{self.root}{path}")

    def state(self) -> dict[str, tuple[int, bytes]]:
        """Every file but the shims' own books, with its mode."""
        return {
            str(each): (each.stat().st_mode, each.read_bytes())
            for each in self.root.rglob("*")
            if each.is_file() and each.name not in {"owners", "launchd.log", "curl.log"}
        }

    def offer(self, caddy: str) -> tuple[str, str]:
        """Puts downloads where the shim of curl finds them; their true checksums."""
        internet = self.root / "internet"
        with tarfile.open(internet / Path(CADDY.url).name, "w:gz") as archive:
            program = self._program(self.root / "internet" / "caddy", caddy)
            archive.add(program, "caddy")
        with tarfile.open(internet / Path(UV.url).name, "w:gz") as archive:
            program = self._program(internet / "uv", UV_SHIM)
            archive.add(program, "uv-aarch64-apple-darwin/uv")
        return self._sum(internet / Path(CADDY.url).name), self._sum(internet / Path(UV.url).name)

    def model(self, name: str, files: Mapping[str, str]) -> str:
        """A model's archive in the bucket; its checksum."""
        archive = self.root / "internet" / name
        with tarfile.open(archive, "w") as tar:
            for file, content in files.items():
                one = self.root / "internet" / f"{name}-{file}"
                one.write_text(content)
                tar.add(one, file)
        return self._sum(archive)

    def _sum(self, file: Path) -> str:
        ran = subprocess.run(["sha256sum", file], capture_output=True, text=True, check=True)
        return ran.stdout.split()[0]

    def _program(self, path: Path, text: str) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)
        return path
