"""Where everything in the laboratory is: prod's own settings, and a second hospital."""

from ipaddress import IPv4Address, IPv4Network
from typing import Any, Final

import yaml

from components.link.plan import LinkPlan, SitePlan
from components.link.site_files import Carrier, SiteNetwork
from settings import Settings
from settings.addresses import link
from settings.fields import Environment
from tests.settings.corpus import ROOT

FIRST, SECOND = "sao-paulo", "campinas"

EDGES: Final = {FIRST: "203.0.113.10", SECOND: "203.0.113.20"}
"""The hospitals' fixed addresses (RFC 5737), behind which they hide."""

OUTSIDE: Final = {"a": "192.0.2.10", "b": "192.0.2.20"}
"""The gateways' addresses on the internet (likewise)."""

STRANGER: Final = "198.51.100.66"
"""Somebody on the internet (likewise)."""

PORT: Final = 51820


def settings() -> Settings:
    """Prod's, with a second hospital."""
    text = (ROOT / "Pulumi.prod.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.safe_load(text)["config"]["prontuario:settings"]
    second = {
        **raw["sites"][0],
        "name": SECOND,
        "number": 2,
        "public_address": EDGES[SECOND],
        "lan": "10.24.0.0/22",
        "pods": "10.44.0.0/16",
        "services": "10.45.0.0/16",
        "gateway": {"kind": "router", "address": "10.24.0.10", "pods_via": "10.24.0.11"},
    }
    raw["sites"][0]["gateway"] = {"kind": "node", "address": "10.20.0.10"}
    raw["sites"].append(second)
    return Settings.model_validate({**raw, "environment": Environment.PROD})


def plan(*generations: int) -> LinkPlan:
    """The link between the two hospitals and the cloud."""
    all_of_it = settings()
    assert all_of_it.cloud
    assert all_of_it.tunnels
    ranges = all_of_it.cloud.network
    return LinkPlan(
        cloud=[ranges.nodes, ranges.gateways, ranges.pods, ranges.services],
        private_services=ranges.private_services,
        gateways=ranges.gateways,
        port=PORT,
        generations=generations or (1,),
        sites={
            site.name: SitePlan(
                number=site.number,
                public_address=site.public_address,
                ranges=[site.lan, site.pods, site.services],
                block=link(all_of_it.tunnels, site.number) or all_of_it.tunnels,
            )
            for site in all_of_it.sites
        },
    )


def site(name: str) -> SiteNetwork:
    """A hospital: at the first a k3s node carries the tunnels, at the second a router of its own."""
    lan, pods, services = plan().sites[name].ranges
    router = name == SECOND
    return SiteNetwork(
        name=name,
        carrier=Carrier.ROUTER if router else Carrier.NODE,
        address=lan[10],
        lan=lan,
        pods=pods,
        services=services,
        pods_via=lan[11] if router else None,
    )


def own_pods(name: str, node: int) -> IPv4Network:
    """The pods of one k3s node of a hospital."""
    return [*site(name).pods.subnets(new_prefix=24)][node]


def address(place: str) -> IPv4Address:
    """The address of somebody whom the tests know by name."""
    return _ADDRESSES[place]


_ADDRESSES: Final = {
    "host": site(FIRST).lan[300],
    "pod": own_pods(FIRST, 1)[5],
    "carrier-pod": own_pods(FIRST, 0)[5],
    "second-host": site(SECOND).lan[300],
    "second-pod": own_pods(SECOND, 1)[5],
    "node-a": IPv4Address("10.64.0.10"),
    "node-b": IPv4Address("10.64.0.11"),
    "pod-a": IPv4Address("10.68.0.10"),
    "pod-b": IPv4Address("10.68.1.10"),
    "sql": IPv4Address("10.76.0.3"),
    "apis": IPv4Address("199.36.153.8"),
    "dns": IPv4Address("35.199.192.5"),
    "control-plane": IPv4Address("172.16.0.2"),
    "stranger": IPv4Address(STRANGER),
}
