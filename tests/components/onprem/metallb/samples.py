"""MetalLB as a hospital has it: addresses outside the range that DHCP gives."""

from collections.abc import Callable, Mapping
from ipaddress import IPv4Address
from typing import Final

from pulumi import ResourceOptions

from components.base import Component
from components.onprem.door import Door, Machine
from components.onprem.metallb.metallb import MetalLb, MetalLbArgs

DOOR: Final = Door(address=IPv4Address("10.20.0.11"), user="ops", host_key="ssh-ed25519 AAAAC3Nza")

ARGS: Final = MetalLbArgs(
    namespace="metallb-system",
    first=IPv4Address("10.20.0.200"),
    last=IPv4Address("10.20.0.209"),
    interfaces=["lima0"],
    machine=Machine(name="mini-1", door=DOOR),
)


def metallb(name: str, opts: ResourceOptions | None = None) -> MetalLb:
    return MetalLb(name, ARGS, opts)


SAMPLES: Mapping[type[Component], Callable[[str, ResourceOptions | None], Component]] = {MetalLb: metallb}
