"""Stand-in for Google's network: routes, external addresses, and the firewall at each machine's interface.

It does what Google's documentation says of them and no more: a machine has its address alone (/32), the
subnet's first address is its way out, and an external address is translated one to one outside the machine.
"""

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Network
from typing import Final

from components.cloud.network.ranges import HEALTH_CHECKS
from tests.link.lab.firewall import policy
from tests.link.lab.machine import Machine
from tests.link.lab.plan import OUTSIDE, address, plan, settings
from tests.link.lab.rendered import Rendered

PROBER: Final = str(HEALTH_CHECKS[0][1])
"""Where the load balancer's probes come from."""

METADATA: Final = "169.254.169.254"

APIS: Final = tuple(str(address("apis") + more) for more in range(4))

MACHINES: Final[Mapping[str, tuple[str, ...]]] = {
    "gw-a": (str(plan().internal("a")),),
    "gw-b": (str(plan().internal("b")),),
    "pod-a": (str(address("node-a")), str(address("pod-a"))),
    "pod-b": (str(address("node-b")), str(address("pod-b"))),
    "sql": (str(address("sql")),),
    "apis": (*APIS, METADATA),
    "dns": (str(address("dns")),),
    "control-plane": (str(address("control-plane")),),
}
"""What hangs on the fabric, with every address of it; the last four are Google's own."""

GATEWAYS: Final = ("gw-a", "gw-b")
GUARDED: Final = (*GATEWAYS, "pod-a", "pod-b")
"""The machines in the network itself: the policy guards them, and nobody of Google's own."""

MTU: Final = 1460

JUMBO: Final = 8896
"""The largest that a network of Google's can be given; what is sent to the gateways stays within ``MTU``."""


class Fabric:
    """The network, and the machines on it."""

    def __init__(self, core: Machine, recorded: Rendered) -> None:
        self.core = core
        lines = [f"address add {each}/32 dev lo" for each in {PROBER, "192.0.2.1", *map(_router, MACHINES)}]
        core.batch(
            "ip", "\n".join([*lines, *(f"route add blackhole {each} metric 4000" for each in sites())])
        )
        core.run("sysctl", "-q", "-w", "net.ipv4.ip_forward=1", "net.ipv4.conf.all.rp_filter=0")
        core.batch("nft", _outside())
        self.guard(recorded)

    def plug(self, name: str, machine: Machine, mtu: int = MTU) -> None:
        """Give the machine its interface, its addresses and its way out, as DHCP and the guest agent do."""
        core, router = self.core, _router(name)
        core.batch(
            "ip",
            f"link add {name} mtu {mtu} type veth peer name ens4 netns {machine.pid}\nlink set {name} up\n"
            + "\n".join(f"route add {each}/32 dev {name}" for each in MACHINES[name]),
        )
        lines = [f"address add {each}/32 dev ens4" for each in MACHINES[name]]
        lines += [f"link set ens4 mtu {mtu} up", f"route add {router} dev ens4 scope link"]
        lines += [f"route add default via {router} dev ens4 src {MACHINES[name][-1 if 'pod' in name else 0]}"]
        if name in GATEWAYS:  # the guest agent takes in what is sent to a load balancer's address
            lines.append(f"route add local {plan().balancer} dev ens4 proto 66")
        machine.batch("ip", "\n".join(lines))

    def send_sites_to(self, gateway: str) -> None:
        """The next hop of every site's routes."""
        (hop,) = MACHINES[gateway]
        lines = "\n".join(f"route replace {each} via {hop} dev {gateway} onlink" for each in sites())
        self.core.run("ip", "-force", "-batch", "-", text=lines, check=False)  # a machine may be gone by now

    def guard(self, recorded: Rendered | None) -> None:
        """Put the recorded firewall policy into force, or none."""
        rules = policy(recorded.of("NetworkFirewallPolicyRule"), GUARDED, METADATA) if recorded else ""
        self.core.batch("nft", rules or "table inet google\ndelete table inet google\n")


def sites() -> Iterable[IPv4Network]:
    """Every range of the hospitals'."""
    return [each for site in plan().sites.values() for each in site.ranges]


def _router(name: str) -> str:
    """The way out of a machine: its subnet's first address."""
    cloud = settings().cloud
    assert cloud
    if name in GATEWAYS:
        return str(cloud.network.gateways[1])
    if name in GUARDED:
        return str(cloud.network.nodes[1])
    return "192.168.255.1"  # Google's own; nobody but they sees it


def _outside() -> str:
    pairs = {plan().internal(name): outside for name, outside in OUTSIDE.items()}
    inward = ", ".join(f"{outside} : {inside}" for inside, outside in pairs.items())
    outward = ", ".join(f"{inside} : {outside}" for inside, outside in pairs.items())
    return f"""\
table ip outside {{
  chain prerouting {{
    type nat hook prerouting priority dstnat;
    iifname "inet" dnat to ip daddr map {{ {inward} }}
  }}
  chain postrouting {{
    type nat hook postrouting priority srcnat;
    oifname "inet" snat to ip saddr map {{ {outward} }}
  }}
}}
"""
