"""How a hospital's pods find Google's APIs: by addresses that only the link carries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import Final

from pulumi import Output, ResourceOptions
from pulumi_kubernetes.core import v1 as core

from components.base import Component
from components.link.site_files import names_served

CONFIG_MAP: Final = "coredns-custom"
"""In ``kube-system``: k3s' CoreDNS reads every ``*.server`` in it, and reads it anew when it changes
(https://docs.k3s.io/networking/networking-services#coredns)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteNamesArgs:
    """What is answered to the pods of one cluster."""

    answers: Mapping[str, Sequence[IPv4Address]]
    """By domain, without a star: it and all below it get these addresses and no others."""

    def __post_init__(self) -> None:
        if not self.answers or not all(self.answers.values()):
            raise ValueError("names without addresses would not resolve at all: give each domain its own")


class SiteNames(Component, token="link:SiteNames"):
    """Names that resolve, for every pod of a cluster, to addresses inside the link.

    Policies let pods send to Google's private addresses alone, and the hospital's own servers of names answer
    with the public ones: without this neither Vault opens nor is anything archived.
    """

    served: Output[str]
    """The ConfigMap's id, known once it is there."""

    def __init__(self, name: str, args: SiteNamesArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        self.served = core.ConfigMap(
            name,
            metadata={"name": CONFIG_MAP, "namespace": "kube-system"},
            data=names_served(args.answers),
            opts=self.child(),
        ).id
        self.seal()
