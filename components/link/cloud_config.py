"""The start-up configuration of a gateway, as cloud-init reads it."""

from collections.abc import Sequence
from typing import Final

import yaml

from components.files import Files

LARGEST: Final = 256 * 1024
"""Bytes of one metadata value
(https://cloud.google.com/compute/docs/metadata/setting-custom-metadata#limitations)."""

IMAGE: Final = "projects/ubuntu-os-cloud/global/images/family/ubuntu-2404-lts-amd64"
"""Has cloud-init, Python, WireGuard in its kernel, and the guest agent that takes the balancer's address.
A family: each new machine has the newest fixes; Google finds out which when it makes the machine."""

MIRROR: Final = "https://mirrors.edge.kernel.org/ubuntu"
"""Ubuntu's own archive speaks HTTP only, and the firewall lets nothing out but HTTPS. apt believes no mirror:
it checks the distribution's signature."""

PACKAGES: Final = ("nftables", "wireguard-tools")


def cloud_config(rendered: Files, starts: Sequence[str]) -> str:
    """Files in place, packages, then the units; forwarding begins after the rules stand."""
    config = {
        "apt": {
            "preserve_sources_list": False,
            **{kind: [{"arches": ["default"], "uri": MIRROR}] for kind in ("primary", "security")},
        },
        "package_update": True,
        "packages": [*PACKAGES],
        "ssh_pwauth": False,
        "write_files": [
            {
                "path": path,
                "content": file.content,
                "permissions": f"{file.mode:04o}",
                "owner": "root:root",
            }
            for path, file in sorted(rendered.items())
        ],
        "runcmd": [
            ["systemctl", "daemon-reload"],
            *(["systemctl", "enable", "--now", unit] for unit in starts[:1]),
            ["sysctl", "--system"],
            *(["systemctl", "enable", "--now", unit] for unit in starts[1:]),
        ],
    }
    text = "#cloud-config\n" + yaml.dump(config, Dumper=_Readable, sort_keys=False, allow_unicode=True)
    if len(text.encode()) > LARGEST:
        raise ValueError(f"{len(text.encode())} bytes of start-up configuration; metadata holds {LARGEST}")
    return text


class _Readable(yaml.SafeDumper):
    """Files stand line by line, so that a preview shows which line changes."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Readable.add_representer(str, _text)
