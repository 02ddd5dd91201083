"""Where everything in the laboratory is: prod's own settings, and a second hospital."""

from functools import cache
from ipaddress import IPv4Address, IPv4Network
from types import SimpleNamespace
from typing import Any, Final, cast

import yaml

from components.link.plan import LinkPlan
from components.link.site_files import Carrier, SiteNetwork
from settings import Settings
from settings.choices import Environment
from stacks.ground import Ground
from stacks.link import plan_of
from tests.settings.corpus import ROOT

FIRST, SECOND = "sao-paulo", "campinas"

EDGES: Final = {FIRST: "203.0.113.10", SECOND: "203.0.113.20"}
"""The hospitals' fixed addresses (RFC 5737), behind which they hide."""

OUTSIDE: Final = {"a": "192.0.2.10", "b": "192.0.2.20"}
"""The gateways' addresses on the internet, which Google chooses (likewise)."""

STRANGER: Final = "198.51.100.66"
"""Somebody on the internet (likewise)."""


@cache
def settings(generation: int = 1, retired: int = 0) -> Settings:
    """Prod's, with a second hospital that is only joined."""
    text = (ROOT / "Pulumi.prod.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.safe_load(text)["config"]["prontuario:settings"]
    second = {
        "name": SECOND,
        "number": 2,
        "public_address": EDGES[SECOND],
        "lan": "10.24.0.0/22",
        "pods": "10.44.0.0/16",
        "services": "10.45.0.0/16",
        "gateway": {"kind": "router", "address": "10.24.0.2", "pods_via": "10.24.0.12"},
    }
    raw["sites"].append(second)
    raw["link"] |= {"generation": generation, "retired": retired}
    return Settings.model_validate({**raw, "environment": Environment.PROD})


@cache
def plan(generation: int = 1, retired: int = 0) -> LinkPlan:
    """The link as the program plans it."""
    known = settings(generation, retired)
    assert known.link
    return plan_of(cast("Ground", SimpleNamespace(settings=known, cloud=known.cloud)), known.link)


@cache
def site(name: str) -> SiteNetwork:
    """A hospital: at the first a k3s node carries the tunnels, at the second a router of its own."""
    (here,) = (each for each in settings().sites if each.name == name)
    assert here.gateway
    return SiteNetwork(
        name=name,
        carrier=Carrier(here.gateway.kind),
        address=here.gateway.address,
        lan=here.lan,
        pods=here.pods,
        services=here.services,
        pods_via=here.gateway.pods_via,
    )


def node(name: str) -> IPv4Address:
    """The k3s node of a hospital that does not carry the tunnels."""
    return site(name).pods_via or site(name).lan[12]


def own_pods(name: str, number: int) -> IPv4Network:
    """The pods of one k3s node of a hospital: 0 is the carrier, 1 the other."""
    return [*site(name).pods.subnets(new_prefix=24)][number]


def address(place: str) -> IPv4Address:
    """The address of somebody whom the tests know by name."""
    return _ADDRESSES[place]


_ADDRESSES: Final = {
    "host": site(FIRST).lan[300],
    "pod": own_pods(FIRST, 1)[5],
    "carrier-pod": own_pods(FIRST, 0)[5],
    "second-host": site(SECOND).lan[300],
    "second-pod": own_pods(SECOND, 1)[5],
    "gw-a": plan().internal("a"),
    "gw-b": plan().internal("b"),
    "node-a": IPv4Address("10.64.0.10"),
    "node-b": IPv4Address("10.64.0.11"),
    "pod-a": IPv4Address("10.68.0.10"),
    "pod-b": IPv4Address("10.68.1.10"),
    "sql": IPv4Address("10.76.0.3"),
    "apis": IPv4Address("199.36.153.8"),
    "dns": IPv4Address("35.199.192.5"),
    "control-plane": IPv4Address("172.16.0.2"),
    "stranger": IPv4Address(STRANGER),
    "outside-a": IPv4Address(OUTSIDE["a"]),
    "outside-b": IPv4Address(OUTSIDE["b"]),
}
