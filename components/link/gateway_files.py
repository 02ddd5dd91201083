"""What lies on a gateway of the cloud side."""

from collections.abc import Sequence
from typing import Final

from components.cloud.network.ranges import DNS_FORWARDERS, HEALTH_CHECKS, PRIVATE_APIS
from components.cloud.network.rules import CLOUD_SQL
from components.files import File, Files
from components.link import files
from components.link.plan import GATEWAYS, HEALTH_PORT, MTU, LinkPlan

DOCUMENT: Final = "/run/tunnel/document.json"
"""In memory: keys are gone with the machine."""


def gateway_files(plan: LinkPlan, gateway: str, *, project: str, secret: str) -> Files:
    """All but the document, which the machine fetches itself; the same for any sites and generation."""
    (mate,) = {*GATEWAYS} - {gateway}
    values = {
        "name": gateway,
        "document": DOCUMENT,
        "secret": f"projects/{project}/secrets/{secret}",
        "log_to": project,
        "mtu": MTU,
        "health_port": HEALTH_PORT,
        "mate": str(plan.internal(mate)),
    }
    return {
        **files.programs(),
        **files.settings(values),
        **files.sysctl(),
        files.RULES: File(content=rules(plan)),
        f"{files.UNITS}/tunnel-rules.service": File(content=files.rules_unit()),
        f"{files.UNITS}/tunnel-fetch.service": File(content=_fetch_unit()),
        f"{files.UNITS}/tunnel-fetch.timer": File(content=_fetch_timer()),
        f"{files.UNITS}/tunnel.service": File(content=files.watch_unit("gateway")),
    }


def rules(plan: LinkPlan) -> str:
    """The gateway's firewall. What passes is judged packet by packet, without memory of connections.

    So a connection survives the change from one gateway to the other, and answers may come back by the other.
    Memory is needed for Google's APIs alone, whose clients are hidden behind the gateway.
    """
    return f"""\
table inet tunnel
delete table inet tunnel
table inet tunnel {{
  set cloud {{ type ipv4_addr; flags interval; auto-merge; elements = {{ {files.listed(plan.cloud)} }}; }}
  # The program fills these: what lies at the sites, and which address may send to which port.
  set sites {{ type ipv4_addr; flags interval; auto-merge; }}
  set sources {{ type ipv4_addr . inet_service; }}
  set requests {{ type ipv4_addr . inet_service; counter; }}
  set strangers {{ type ipv4_addr; flags dynamic,timeout; timeout 30s; size 1024; }}

{_own(plan)}
{_passing(plan)}
}}
"""


def _own(plan: LinkPlan) -> str:
    """What is for the machine itself."""
    asking = files.listed([*HEALTH_CHECKS, plan.gateways])
    return f"""\
  chain input {{
    type filter hook input priority filter; policy drop;
    iif "lo" accept
    # A request for new keys is 148 bytes long and begins with a one.
    udp length 156 @th,64,32 0x01000000 ip saddr . udp dport @requests
    ip saddr . udp dport @sources accept
    udp dport {{ {", ".join(map(str, plan.ports))} }} update @strangers {{ ip saddr }} drop
    ct state established,related accept
    iifname "link*" icmp type echo-request accept
    iifname "link*" drop
    tcp dport {HEALTH_PORT} ip saddr {{ {asking} }} accept
    icmp type {{ echo-request, destination-unreachable, time-exceeded }} ip saddr @cloud accept
    udp sport 67 udp dport 68 accept
  }}
"""


def _passing(plan: LinkPlan) -> str:
    """What is for others."""
    return f"""\
  chain forward {{
    type filter hook forward priority filter; policy drop;
{mss()}
    iifname "link*" oifname "link*" drop
    iifname "link*" jump from_site
    oifname "link*" jump to_site
  }}

  chain from_site {{
    ip saddr != @sites drop
    ip daddr @cloud accept
    ip daddr {plan.private_services} tcp dport {{ {", ".join(CLOUD_SQL)} }} accept
    ip daddr {plan.private_services} icmp type {{ destination-unreachable, time-exceeded }} accept
    ip daddr {PRIVATE_APIS} tcp dport 443 accept
    ip daddr {DNS_FORWARDERS} udp sport 53 accept
    ip daddr {DNS_FORWARDERS} tcp sport 53 accept
  }}

  chain to_site {{
    ip daddr != @sites drop
    ip saddr @cloud accept
    ip saddr {plan.private_services} tcp sport {{ {", ".join(CLOUD_SQL)} }} accept
    ip saddr {plan.private_services} icmp type {{ destination-unreachable, time-exceeded }} accept
    ip saddr {PRIVATE_APIS} ct state established,related accept
    ip saddr {DNS_FORWARDERS} udp dport 53 accept
    ip saddr {DNS_FORWARDERS} tcp dport 53 accept
  }}

  chain postrouting {{
    type nat hook postrouting priority srcnat; policy accept;
    oifname != "link*" ip saddr @sites ip daddr {PRIVATE_APIS} masquerade
  }}"""


def mss() -> str:
    """TCP in both directions is told what fits into a tunnel, even where messages about sizes are dropped."""
    size = MTU - 40
    return "\n".join(
        f'    {way} "link*" tcp flags & (syn | rst) == syn tcp option maxseg size > {size} '
        f"tcp option maxseg size set {size}"
        for way in ("iifname", "oifname")
    )


def _fetch_unit() -> str:
    return f"""\
[Unit]
Description=Document of the link, from Secret Manager
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
Environment=PYTHONPATH={files.HOME} PYTHONDONTWRITEBYTECODE=1
ExecStart=python3 -m tunnel fetch {files.SETTINGS}
RuntimeDirectory=tunnel
RuntimeDirectoryMode=0700
RuntimeDirectoryPreserve=yes
UMask=0077
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectHome=yes
ProtectSystem=strict
PrivateTmp=yes
"""


def _fetch_timer() -> str:
    return """\
[Unit]
Description=Looks for a new document of the link

[Timer]
OnActiveSec=0
OnUnitInactiveSec=20
AccuracySec=1

[Install]
WantedBy=timers.target
"""


STARTS: Final[Sequence[str]] = ("tunnel-rules.service", "tunnel-fetch.timer", "tunnel.service")
"""What is enabled, in the order of starting."""
