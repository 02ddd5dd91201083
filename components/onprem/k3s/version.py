"""Which k3s there is: one version, exactly, and what its files must be."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

VERSION: Final = "v1.36.3+k3s1"
"""Kubernetes 1.36.3: the newest minor that CloudNativePG 1.30 and Longhorn 1.12 are both tested on."""

RELEASES: Final = "https://github.com/k3s-io/k3s/releases/download"
"""Where k3s publishes; a hospital may name a mirror of its own, since every file is checked by its sum."""


class Binary(NamedTuple):
    """A published file."""

    file: str
    sum: str
    """SHA-256, in hexadecimal."""


BINARIES: Final[Mapping[str, Binary]] = MappingProxyType(
    {
        "aarch64": Binary(
            file="k3s-arm64", sum="c9a209103f480f163b7c6a56f00862b4481927b284dc29a3716bb70d886691a8"
        ),
        "x86_64": Binary(file="k3s", sum="2f98a9f8fe5782479ee2d54e70a1b10a7f6fd4cae8d38ed3098452dc6eed76b5"),
    }
)
"""By what ``uname -m`` says. The release gives the sums in sha256sum-arm64.txt and sha256sum-amd64.txt; both
were compared with what four projects that do not know of each other have pinned."""

_FORM: Final = re.compile(r"v(\d+)\.(\d+)\.(\d+)\+k3s(\d+)")


def check(version: str) -> None:
    """Refuse whatever is no exact version: a channel moves by itself, and nodes with it."""
    if not _FORM.fullmatch(version):
        raise ValueError(f"k3s version {version!r}: write one exactly, like {VERSION}")


def tag(version: str) -> str:
    """A version as the tag of an image, where no plus sign may stand."""
    return version.replace("+", "-")
