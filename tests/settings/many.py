"""Prod with any number of hospitals."""

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
