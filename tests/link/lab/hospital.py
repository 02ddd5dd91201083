"""A hospital: its own router, which hides it behind one address, a network, k3s nodes with pods, a host.

Only what the components render runs on the machines that they render it for. Stand-ins are the hospital's
router and what k3s brings by itself: routes to other nodes' pods, and flannel's rules, which hide pods.
"""

from dataclasses import dataclass

from components.files import Files
from components.link import site_files
from tests.link.lab.machine import Machine
from tests.link.lab.plan import EDGES, FIRST, node, own_pods, plan, site
from tests.link.lab.server import Server


@dataclass(frozen=True, kw_only=True)
class Hospital:
    """Its machines."""

    name: str
    edge: Machine
    carrier: Server
    """Carries the tunnels: a k3s node at the first hospital, a router at the second."""
    node: Server
    """A k3s node that does not."""
    host: Machine
    """Something on the network: no k3s, and no rendered file."""
    pod: Machine
    """On the node."""
    carrier_pod: Machine | None
    """On the carrier, where that is a node."""

    @property
    def machines(self) -> list[Machine]:
        """All of them."""
        maybe = [self.carrier_pod] if self.carrier_pod else []
        return [self.edge, self.carrier, self.node, self.host, self.pod, *maybe]

    def cable(self, lan_mtu: int = 1500) -> None:
        """Build the network, as it was before anybody thought of a cloud; and its routes to the cloud."""
        here = site(self.name)
        router, way = here.lan[1], here.address
        self.edge.batch("ip", f"link add lan mtu {lan_mtu} type bridge\nlink set lan up\n"
                              f"address add {router}/{here.lan.prefixlen} dev lan")  # fmt: skip
        homes = [(self.carrier, here.address), (self.node, node(self.name)), (self.host, here.lan[300])]
        for number, (machine, home) in enumerate(homes):
            self.edge.batch(
                "ip",
                f"link add port{number} mtu {lan_mtu} type veth peer name eth0 netns {machine.pid}\n"
                f"link set port{number} master lan up",
            )
            machine.batch(
                "ip",
                f"link set eth0 mtu {lan_mtu} up\naddress add {home}/{here.lan.prefixlen} dev eth0\n"
                f"route add default via {router}",
            )
        self.edge.run("sysctl", "-q", "-w", "net.ipv4.ip_forward=1")
        self.edge.batch("ip", "\n".join(f"route add {each} via {way} dev lan" for each in plan().reached))
        self.edge.batch("nft", _own_firewall(EDGES[self.name]))

    def resize(self, mtu: int) -> None:
        """Its network takes packets of that size, and pods' interfaces the rest of what k3s leaves them."""
        for port in ("port0", "port1", "port2", "lan"):
            self.edge.run("ip", "link", "set", port, "mtu", str(mtu))
        for machine in (self.carrier, self.node, self.host):
            machine.run("ip", "link", "set", "eth0", "mtu", str(mtu))
        for owner, pod in ((self.carrier, self.carrier_pod), (self.node, self.pod)):
            if pod:
                owner.run("ip", "link", "set", "cni0", "mtu", str(mtu - 50))
                pod.run("ip", "link", "set", "eth0", "mtu", str(mtu - 50))

    def start_k3s(self, pod_mtu: int = 1450) -> None:
        """Pods, the ways to those of the other node, and flannel's rules."""
        here = site(self.name)
        self._pod_on(self.node, self.pod, 1, pod_mtu)
        if self.carrier_pod:
            self._pod_on(self.carrier, self.carrier_pod, 0, pod_mtu)
            self.node.run("ip", "route", "add", str(own_pods(self.name, 0)), "via", str(here.address))
            self.carrier.run("ip", "route", "add", str(own_pods(self.name, 1)), "via", str(node(self.name)))

    def rendered(self) -> list[tuple[Server, Files]]:
        """Each machine with the files that are rendered for it."""
        here = site(self.name)
        return [
            (self.carrier, site_files.carrier_files(plan(), here)),
            (self.node, site_files.node_files(plan(), here)),
        ]

    def _pod_on(self, node: Server, pod: Machine, number: int, mtu: int) -> None:
        own = own_pods(self.name, number)
        node.batch(
            "ip",
            f"link add cni0 mtu {mtu} type veth peer name eth0 netns {pod.pid}\nlink set cni0 up\n"
            f"address add {own[1]}/{own.prefixlen} dev cni0",
        )
        pod.batch(
            "ip",
            f"link set eth0 mtu {mtu} up\naddress add {own[5]}/{own.prefixlen} dev eth0\n"
            f"route add default via {own[1]}",
        )
        node.run("sysctl", "-q", "-w", "net.ipv4.ip_forward=1")  # k3s does
        node.batch("nft", _flannel(str(site(self.name).pods), str(own)))


def hospital(name: str) -> Hospital:
    """Its machines, switched on but not connected."""
    prefix = "" if name == FIRST else "second-"
    return Hospital(
        name=name,
        edge=Machine(f"{prefix}edge"),
        carrier=Server(f"{prefix}carrier"),
        node=Server(f"{prefix}node"),
        host=Machine(f"{prefix}host"),
        pod=Machine(f"{prefix}pod"),
        carrier_pod=Machine(f"{prefix}carrier-pod") if name == FIRST else None,
    )


def _own_firewall(outside: str) -> str:
    return f"""\
table ip own {{
  chain forward {{
    type filter hook forward priority filter; policy accept;
    iifname "wan" ct state established,related accept
    iifname "wan" drop
  }}
  chain postrouting {{
    type nat hook postrouting priority srcnat;
    oifname "wan" snat to {outside}
  }}
}}
"""


def _flannel(all_pods: str, own: str) -> str:
    """The rules of flannel's chain FLANNEL-POSTRTG, in its order."""
    return f"""\
table ip flannel {{
  chain postrouting {{
    type nat hook postrouting priority srcnat;
    ip saddr {all_pods} ip daddr {all_pods} return
    ip saddr {all_pods} ip daddr != 224.0.0.0/4 masquerade
    ip saddr != {all_pods} ip daddr {own} return
    ip saddr != {all_pods} ip daddr {all_pods} masquerade
  }}
}}
"""
