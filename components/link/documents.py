"""What each machine is told of keys and peers, as ``tunnel/document.py`` reads it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from components.link.plan import GATEWAYS, LinkPlan, slot
from components.link.x25519 import preshared_key, private_key, public_key

Seeds = Mapping[int, str]
"""A party's secret randomness, by generation; every key of its is derived from it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Secrets:
    """The seeds of all parties."""

    gateways: Mapping[str, Seeds]
    sites: Mapping[str, Seeds]


def gateway_document(plan: LinkPlan, gateway: str, secrets: Secrets) -> str:
    """For one gateway: its own private keys, and of each site only what it needs."""
    interfaces = [
        {
            "name": f"link{slot(generation)}",
            "generation": generation,
            "port": plan.listens(generation),
            "private": private_key(secrets.gateways[gateway][generation]),
            "peers": {
                name: {
                    "public": public_key(seeds[generation]),
                    "preshared": preshared_key(seeds[generation], gateway),
                    "own": str(plan.sites[name].own(gateway, slot(generation))),
                }
                for name, seeds in secrets.sites.items()
            },
        }
        for generation in plan.generations
    ]
    return _written(
        ranges={name: [*map(str, site.ranges)] for name, site in plan.sites.items()},
        sources={name: str(site.public_address) for name, site in plan.sites.items()},
        interfaces=interfaces,
    )


def site_document(plan: LinkPlan, site: str, secrets: Secrets, endpoints: Mapping[str, str]) -> str:
    """For one site: its own private keys, and the gateways at their public addresses."""
    interfaces = [
        {
            "name": f"link-{gateway}{slot(generation)}",
            "generation": generation,
            "private": private_key(secrets.sites[site][generation]),
            "peers": {
                gateway: {
                    "public": public_key(secrets.gateways[gateway][generation]),
                    "preshared": preshared_key(secrets.sites[site][generation], gateway),
                    "own": str(plan.sites[site].far(gateway, slot(generation))),
                    "endpoint": f"{endpoints[gateway]}:{plan.listens(generation)}",
                }
            },
        }
        for generation in plan.generations
        for gateway in GATEWAYS
    ]
    reached = [*map(str, plan.reached)]
    return _written(ranges=dict.fromkeys(GATEWAYS, reached), sources={}, interfaces=interfaces)


def _written(**parts: object) -> str:
    return json.dumps(parts, separators=(",", ":"), sort_keys=True)
