"""What the Mac fetches from others: each by its exact version and checksum."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, kw_only=True, slots=True)
class Download:
    """One file of the internet, at deployment only."""

    version: str
    url: str
    sha256: str


CADDY: Final = Download(
    version="2.11.7",
    url="https://github.com/caddyserver/caddy/releases/download/v2.11.7/caddy_2.11.7_mac_arm64.tar.gz",
    sha256="cda3030e5d5b13eb9f0b6fb541037f633bddd958c070c5f561d7a5cccb581665",
)
"""The proxy. The checksum stands in two public repositories that verify the same archive; Caddy's own list
of checksums is of SHA-512."""

UV: Final = Download(
    version="0.11.7",
    url="https://github.com/astral-sh/uv/releases/download/0.11.7/uv-aarch64-apple-darwin.tar.gz",
    sha256="66e37d91f839e12481d7b932a1eccbfe732560f42c1cfb89faddfa2454534ba8",
)
"""Makes Python's environment. Ten public repositories verify the same archive by this checksum."""

PYTHON: Final = "3.12"
"""Which of the Pythons that this uv knows, each with its checksum."""

REQUIREMENTS: Final = (Path(__file__).parent / "requirements.txt").read_text(encoding="utf-8")
"""Python's packages: mlx 0.32.4, mlx-lm 0.32.2, mlx-audio 0.6.2 and what they need, wheels for Apple alone.
It is compiled by ``uv pip compile --generate-hashes --python-platform aarch64-apple-darwin``."""

ENVIRONMENT: Final = hashlib.sha256((UV.version + PYTHON + REQUIREMENTS).encode()).hexdigest()[:12]
"""Names the environment: another set of packages is another folder."""
