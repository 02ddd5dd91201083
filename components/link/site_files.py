"""What lies on the machines of a hospital: on the one that carries the tunnels, and on every k3s node."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network
from typing import Final

from components.cloud.network.ranges import DNS_FORWARDERS
from components.files import File, Files
from components.link import files
from components.link.gateway_files import mss
from components.link.plan import MTU, LinkPlan

DOCUMENT: Final = "/etc/tunnel/keys.json"
"""On disk, for root only: a hospital must come back after a power cut without asking anybody."""

KEEP: Final = "/etc/tunnel/keep.nft"


class Carrier(StrEnum):
    """Which kind of machine carries a site's tunnels."""

    NODE = "node"
    """One of the k3s nodes; on a Mac, its virtual machine."""
    ROUTER = "router"
    """A Linux machine of its own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteNetwork:
    """A site as its own machines see it."""

    name: str
    carrier: Carrier
    address: IPv4Address
    """The carrier's in the site's network: the next hop to the cloud."""
    lan: IPv4Network
    pods: IPv4Network
    services: IPv4Network
    pods_via: IPv4Address | None = None
    """The k3s node through which a router reaches the pods."""

    def __post_init__(self) -> None:
        if self.address not in self.lan:
            raise ValueError(
                f"{self.address} does not lie in {self.lan}: nobody at {self.name} could reach it"
            )
        if (self.carrier is Carrier.ROUTER) != (self.pods_via is not None):
            raise ValueError(f"site {self.name}: pods_via tells a router, and no node, where the pods are")

    @property
    def ranges(self) -> Sequence[IPv4Network]:
        """Everything at the site."""
        return [self.lan, self.pods, self.services]


def carrier_files(plan: LinkPlan, site: SiteNetwork) -> Files:
    """For the machine that carries the tunnels: everything but the document, the same for any generation."""
    values = {
        "name": site.name,
        "document": DOCUMENT,
        "mtu": MTU,
        "cloud": [*map(str, plan.reached)],
        "source": str(site.address),
    }
    return {
        **files.programs(),
        **files.settings(values),
        **files.sysctl(),
        files.RULES: File(content=rules(plan, site)),
        f"{files.UNITS}/tunnel-rules.service": File(content=files.rules_unit()),
        f"{files.UNITS}/tunnel.service": File(content=files.watch_unit("site")),
        **(_pods(site) if site.pods_via else keep_files(plan, site)),
    }


def node_files(plan: LinkPlan, site: SiteNetwork) -> Files:
    """For every k3s node that does not carry the tunnels itself."""
    ways = {str(each): str(site.address) for each in plan.reached}
    return {
        **keep_files(plan, site),
        f"{files.UNITS}/tunnel-routes.service": File(content=_routes_unit(ways)),
    }


def keep_files(plan: LinkPlan, site: SiteNetwork) -> Files:
    """Pods keep their own address towards the cloud, and the cloud's clients theirs towards pods.

    k3s's flannel hides both behind the node's; a translation to the very same address comes before it.
    """
    same = ", ".join(f"{each} : {each}" for each in sorted([*plan.reached, site.lan, site.pods]))
    reached = files.listed(plan.reached)
    content = f"""\
table ip tunnel_keep
delete table ip tunnel_keep
table ip tunnel_keep {{
  chain postrouting {{
    type nat hook postrouting priority srcnat - 5; policy accept;
    ip saddr {site.pods} ip daddr {{ {reached} }} snat ip prefix to ip saddr map {{ {same} }}
    ip saddr {{ {reached} }} ip daddr {site.pods} snat ip prefix to ip saddr map {{ {same} }}
  }}
}}
"""
    return {
        KEEP: File(content=content),
        f"{files.UNITS}/tunnel-keep.service": File(content=_keep_unit()),
    }


def rules(plan: LinkPlan, site: SiteNetwork) -> str:
    """What may pass the tunnels; whatever else the machine does is not looked at."""
    local = files.listed(site.ranges)
    return f"""\
table inet tunnel
delete table inet tunnel
table inet tunnel {{
  set cloud {{ type ipv4_addr; flags interval; auto-merge; elements = {{ {files.listed(plan.cloud)} }}; }}
  set reached {{ type ipv4_addr; flags interval; auto-merge; elements = {{ {files.listed(plan.reached)} }}; }}
  set local {{ type ipv4_addr; flags interval; auto-merge; elements = {{ {local} }}; }}

  chain input {{
    type filter hook input priority filter; policy accept;
    iifname "link*" icmp type {{ echo-request, echo-reply, destination-unreachable, time-exceeded }} accept
    iifname "link*" jump inward
  }}

  chain forward {{
    type filter hook forward priority filter - 5; policy accept;
{mss()}
    iifname "link*" oifname "link*" drop
    iifname "link*" jump inward
    oifname "link*" ip saddr @local ip daddr @reached accept
    oifname "link*" drop
  }}

  chain inward {{
    ct state established,related accept
    ip saddr @cloud ip daddr @local accept
    ip saddr {DNS_FORWARDERS} ip daddr @local meta l4proto {{ tcp, udp }} th dport 53 accept
    drop
  }}
}}
"""


def starts(rendered: Files) -> Sequence[str]:
    """The units among the files, in the order of starting."""
    order = ("tunnel-rules", "tunnel-keep", "tunnel-pods", "tunnel-routes", "tunnel")
    return [f"{name}.service" for name in order if f"{files.UNITS}/{name}.service" in rendered]


def _pods(site: SiteNetwork) -> Files:
    ways = {str(site.pods): str(site.pods_via), str(site.services): str(site.pods_via)}
    return {f"{files.UNITS}/tunnel-pods.service": File(content=_routes_unit(ways))}


def _routes_unit(ways: Mapping[str, str]) -> str:
    lines = "\n".join(f"ExecStart=ip route replace {range_} via {hop}" for range_, hop in ways.items())
    return f"""\
[Unit]
Description=Ways of the link
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
RemainAfterExit=yes
{lines}

[Install]
WantedBy=multi-user.target
"""


def _keep_unit() -> str:
    return f"""\
[Unit]
Description=Pods keep their address in the link
Before=k3s.service k3s-agent.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=nft -f {KEEP}

[Install]
WantedBy=multi-user.target
"""
