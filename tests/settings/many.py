"""Prod with any number of hospitals."""

import json
from typing import Any

import yaml

from tests.settings.corpus import ROOT


def settings_with(count: int) -> dict[str, Any]:
    """Prod's own settings with ``count`` sites, at most 128."""
    text = (ROOT / "Pulumi.prod.yaml").read_text(encoding="utf-8")
    settings = yaml.safe_load(text)["config"]["prontuario:settings"]
    settings["sites"] = [
        {
            "name": f"site-{number}",
            "number": number,
            "public_address": f"203.0.113.{number}",
            "lan": f"10.200.{number}.0/24",
            "pods": f"10.{100 + number // 64}.{4 * (number % 64)}.0/22",
            "services": f"10.201.{number}.0/24",
            "gateway": {"kind": "node", "address": f"10.200.{number}.11"},
        }
        for number in range(1, count + 1)
    ]
    return settings


def hospitals_with(count: int) -> dict[str, Any]:
    """Prod's own settings with ``count`` hospitals, at most 128, each with machines like prod's."""
    text = (ROOT / "Pulumi.prod.yaml").read_text(encoding="utf-8")
    settings = yaml.safe_load(text)["config"]["prontuario:settings"]
    like = json.dumps(settings["sites"][0])
    settings["sites"] = [_hospital(like, number) for number in range(1, count + 1)]
    return settings


def _hospital(like: str, number: int) -> dict[str, Any]:
    """Another hospital: the same machines, with names, addresses and keys of their own."""
    high, low = divmod(4 * number, 256)
    for own, other in (
        *((f"10.20.{each}.", f"10.{110 + high}.{low + each}.") for each in range(4)),
        ("10.42.0.0/16", f"10.{100 + high}.{low}.0/22"),
        ("10.43.0.0/16", f"10.201.{number}.0/24"),
        ("203.0.113.10", f"203.0.113.{number}"),
        ("d0:11:e5:00:00", f"d0:11:e5:00:{number:02x}"),
        ("52:55:55:aa:00", f"52:55:55:aa:{number:02x}"),
    ):
        like = like.replace(own, other)
    site = json.loads(like) | {"name": f"site-{number}", "number": number}
    for host in site["hosts"]:
        host["host_key"] = f"{host['host_key'][:-3]}{number:03d}"
    return site
