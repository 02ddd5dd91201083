"""Names of Google's services at a hospital: they lead into the tunnels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address

from pulumi import Output, ResourceOptions
from pulumi_kubernetes.core import v1 as core

from components.base import Component, after


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteNamesArgs:
    """Which domains, with everything below them, have which addresses."""

    answers: Mapping[str, Sequence[IPv4Address]]

    def __post_init__(self) -> None:
        for domain, addresses in self.answers.items():
            if domain.startswith((".", "*")) or domain.endswith(".") or not addresses:
                raise ValueError(f"domain {domain!r}: write it like googleapis.com, with its addresses")


class SiteNames(Component, token="link:SiteNames"):
    """What k3s' own DNS answers for these domains, for pods of the cluster; machines ask the hospital's.

    k3s reads it from a ConfigMap that it leaves to others (``coredns-custom``), within a minute.
    """

    config: Output[str]
    """The ConfigMap's name, known once it is there."""

    def __init__(self, name: str, args: SiteNamesArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        served = "\n".join(_zone(domain, addresses) for domain, addresses in sorted(args.answers.items()))
        made = core.ConfigMap(
            name,
            metadata={"name": "coredns-custom", "namespace": "kube-system"},
            data={"google.server": served},
            opts=self.child(),
        )
        self.config = after("coredns-custom", made.id)
        self.seal()


def _zone(domain: str, addresses: Sequence[IPv4Address]) -> str:
    lines = [f'        answer "{{{{ .Name }}}} 300 IN A {address}"' for address in addresses]
    return "\n".join(
        [
            f"{domain}:53 {{",
            "    errors",
            "    template IN A {",
            *lines,
            "    }",
            "    template IN ANY {",
            "        rcode NOERROR",
            "    }",
            "}",
        ]
    )
