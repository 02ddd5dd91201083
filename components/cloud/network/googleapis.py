"""How names resolve in the network, and where Google's own APIs are found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import dns

from components.base import Component, after
from components.cloud.network.ranges import PRIVATE_APIS
from components.cloud.project import Api, Project

NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "googleapis": "*.googleapis.com.",
        "pkg-dev": "pkg.dev.",
        "pkg-dev-all": "*.pkg.dev.",
        "gcr": "gcr.io.",
        "gcr-all": "*.gcr.io.",
    }
)
"""APIs, and the registries that images come from
(https://cloud.google.com/vpc/docs/configure-private-google-access#domain-options)."""

TTL: Final = 300
"""Seconds; as in Google's own example of these records."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GoogleApisArgs:
    """Which network, and who else asks."""

    project: Project
    network: Input[str]
    """The network's id."""
    inbound: bool
    """Whether resolvers at the sites may ask; each subnet then lends an address to answer on."""


class GoogleApis(Component, token="gcp:GoogleApis"):
    """Google's APIs on private addresses, and every query logged (CIS GCP Foundations 2.12).

    A response policy rather than private zones: it answers these names and no others, while a zone of
    ours for googleapis.com would take over the whole domain and answer "no such name" for whatever it
    does not list. It also holds inside the clusters' own DNS. A network takes one such policy.
    """

    policy: Output[str]
    """The response policy's id, known once every name resolves to the private addresses."""

    def __init__(self, name: str, args: GoogleApisArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        resolver = dns.Policy(
            name,
            project=args.project.on(Api.DNS),
            networks=[{"network_url": args.network}],
            enable_logging=True,
            enable_inbound_forwarding=args.inbound,
            opts=self.child(),
        )
        answers = dns.ResponsePolicy(
            name,
            project=args.project.on(Api.DNS),
            response_policy_name=name,
            networks=[{"network_url": args.network}],
            opts=self.child(),
        )
        rules = self._rules(name, args, answers)
        self.policy = after(answers.id, resolver.id, *(rule.id for rule in rules))
        self.seal()

    def _rules(
        self, name: str, args: GoogleApisArgs, answers: dns.ResponsePolicy
    ) -> Sequence[dns.ResponsePolicyRule]:
        addresses = [str(address) for address in PRIVATE_APIS]
        return [
            dns.ResponsePolicyRule(
                f"{name}-{key}",
                project=args.project.on(Api.DNS),
                response_policy=answers.response_policy_name,
                rule_name=key,
                dns_name=domain,
                local_data={"local_datas": [{"name": domain, "type": "A", "ttl": TTL, "rrdatas": addresses}]},
                opts=self.child(),
            )
            for key, domain in NAMES.items()
        ]


def domains() -> Sequence[str]:
    """The domains of ``NAMES``, each with everything below it."""
    return sorted({name.strip("*.") for name in NAMES.values()})
