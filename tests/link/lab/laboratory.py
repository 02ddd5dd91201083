"""The whole laboratory: two hospitals, the internet, and Google's side."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Self

from components.link import site_files
from components.link.files import Files
from components.link.plan import slot
from tests.link.lab.apis import Apis
from tests.link.lab.balancer import Balancer, Check
from tests.link.lab.echo import Echo
from tests.link.lab.fabric import APIS, MACHINES, METADATA, MTU, Fabric
from tests.link.lab.hospital import Hospital, hospital
from tests.link.lab.machine import Machine, wait
from tests.link.lab.plan import EDGES, FIRST, OUTSIDE, SECOND, STRANGER, address, plan, settings
from tests.link.lab.rendered import Rendered, first_start, rendered
from tests.link.lab.server import Server, sweep

INTERNET: Final = "203.0.113.1"
"""Whom everybody asks for the way to everybody else."""


class Laboratory:
    """Everything, switched on and connected; gone when closed, or when the tests end in whatever way."""

    def __init__(self, folder: Path) -> None:
        sweep()
        with contextlib.ExitStack() as building:
            self._gone = building
            self.internet = building.enter_context(Machine("internet"))
            self.core = building.enter_context(Machine("core"))
            self.stranger = Server("stranger")
            building.callback(self.stranger.kill)
            self.cloud: dict[str, Machine] = {}
            for name in MACHINES:
                self.cloud[name] = (Server if name.startswith("gw-") else Machine)(name)
                building.callback(lambda name=name: self.cloud[name].kill())
            self.hospitals: dict[str, Hospital] = {}
            for name in (FIRST, SECOND):
                self.hospitals[name] = hospital(name)
                for machine in self.hospitals[name].machines:
                    building.callback(machine.kill)
            for machine in self._machines():
                machine.ready()
            self._connect()
            self.apis = Apis(self.cloud["apis"], APIS, METADATA, folder)
            building.callback(self.apis.close)
            self._start()
            building.callback(self.balancer.close)
            self._gone = building.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._gone.close()

    def machine(self, place: str) -> Machine:
        """The machine of a place that the address plan names."""
        first, second = self.hospitals[FIRST], self.hospitals[SECOND]
        at_hospital = {"host": first.host, "pod": first.pod, "carrier-pod": first.carrier_pod,
                       "second-host": second.host, "second-pod": second.pod}  # fmt: skip
        found = at_hospital.get(place) or self.cloud.get(place.replace("node-", "pod-"))
        return found or {"stranger": self.stranger}[place]

    def joined(self) -> None:
        """Wait until every hospital has agreed on keys with both gateways, and the first carries the traffic."""
        for home in self.hospitals.values():
            carrier = home.carrier
            wait(
                lambda carrier=carrier: len(agreed(carrier)) >= len(OUTSIDE) and agreed(carrier) == _peers(carrier),
                f"{home.name} is joined",
            )
        wait(lambda: self.balancer.healthy["gw-a"], "the first gateway is ready")

    def answer(self, echo: Echo) -> None:
        """Let somebody answer at every place, where its own kind of service would."""
        for place in ("host", "pod", "carrier-pod", "second-host", "second-pod"):
            echo.listen(self.machine(place), address(place), (53, 8443))
        for place in ("node-a", "node-b", "pod-a", "pod-b"):
            echo.listen(self.machine(place), address(place), (8443,))
        echo.listen(self.machine("sql"), address("sql"), (5432, 3307))
        echo.listen(self.machine("apis"), APIS[1], (443,))

    def gateway(self, name: str) -> Server:
        """A gateway by its short name."""
        machine = self.cloud[f"gw-{name}"]
        assert isinstance(machine, Server)
        return machine

    def tell_gateways(self, recorded: Rendered) -> None:
        """Put the gateways' documents into Secret Manager, as a deployment does, and its firewall into force."""
        self.fabric.guard(recorded)
        project = settings().cloud.project if settings().cloud else ""
        self.apis.secrets |= {
            f"projects/{project}/secrets/{name}": text for name, text in recorded.secrets().items()
        }

    def tell_site(self, name: str, recorded: Rendered) -> None:
        """Put a site's document in place, as whoever reads its secret does."""
        self.place(name, recorded.secrets()[f"link-site-{name}"])

    def place(self, name: str, document: str) -> None:
        """Put any document in place at a site."""
        self.hospitals[name].carrier.put(site_files.DOCUMENT, document, 0o600)

    def deploy(self, generation: int, retired: int, *, sites_first: bool = False) -> None:
        """Bring everybody the documents of those generations, and wait until they are all in use."""
        recorded = self.current = rendered(generation, retired)
        self.tell_gateways(recorded)
        for order in (sites_first, not sites_first):
            for name in self.hospitals if order else ():
                self.tell_site(name, recorded)
            for name in OUTSIDE if not order else ():
                self.fetch(name)
            time.sleep(1.5)  # the watches look once or twice a second
        self.joined()
        for name in self.hospitals if generation - retired > 1 and not sites_first else ():
            wait(lambda name=name: self._newest(name, generation), f"{name} uses the new keys")

    def _newest(self, hospital: str, generation: int) -> bool:
        return used(self.hospitals[hospital].carrier).endswith(str(slot(generation)))

    def fetch(self, name: str) -> None:
        """Let a gateway look for a new document now; its timer does so three times a minute."""
        self.gateway(name).run("systemctl", "start", "tunnel-fetch.service")

    def forget(self, name: str) -> None:
        """Start a gateway's tunnels anew, so that no session is left of before."""
        server = self.gateway(name)
        server.run("systemctl", "stop", "tunnel.service")
        self.cut_sessions(server)
        server.run("systemctl", "start", "tunnel.service")

    def cut_sessions(self, server: Server) -> None:
        """Take a machine's tunnels away."""
        for interface in server.run("wg", "show", "interfaces").split():
            server.run("ip", "link", "delete", interface)

    def keys(self) -> set[str]:
        """The public keys that anybody uses, each with the one of its peer."""
        servers = [self.gateway(name) for name in OUTSIDE] + [home.carrier for home in self.hospitals.values()]
        return {line for each in servers for line in each.run("wg", "show", "all", "peers").splitlines()}

    def start_gateway(self, name: str) -> None:
        """From the image to work."""
        server = self.gateway(name)
        self.apis.introduce(server)
        first_start(server, rendered().start(name))

    def heal_gateway(self, name: str) -> None:
        """A new machine with the old one's addresses, as repair makes it."""
        self.cloud[f"gw-{name}"] = Server(f"gw-{name}").ready()
        self.fabric.plug(f"gw-{name}", self.cloud[f"gw-{name}"])
        self.balancer.again()
        self.start_gateway(name)

    def heal_pod(self, zone: str) -> None:
        """A new node in that zone; nobody answers there yet."""
        self.cloud[f"pod-{zone}"] = Machine(f"pod-{zone}").ready()
        self.fabric.plug(f"pod-{zone}", self.cloud[f"pod-{zone}"])

    def back(self) -> None:
        """Wait until the first gateway carries everybody's traffic again, both ways."""
        self.joined()
        wait(lambda: self.balancer.used == "gw-a", "the cloud sends by the first gateway")
        for home in self.hospitals.values():
            wait(lambda home=home: used(home.carrier)[:-1] == "link-a", f"{home.name} sends by the first gateway")

    @contextlib.contextmanager
    def cut(self, hospital: str, gateway: str = "") -> Iterator[None]:
        """Nothing passes between that hospital and the internet, or one of the gateways."""
        place = f"{{ {', '.join([OUTSIDE[gateway]] if gateway else OUTSIDE.values())} }}"
        self.internet.batch("nft", _silence(EDGES[hospital], place))
        try:
            yield
        finally:
            self.internet.batch("nft", "delete table ip silence")

    def resize_line(self, hospital: str, mtu: int) -> None:
        """The hospital's line to the internet takes packets of that size."""
        self.internet.run("ip", "link", "set", hospital, "mtu", str(mtu))
        self.hospitals[hospital].edge.run("ip", "link", "set", "wan", "mtu", str(mtu))

    def resize_machines(self, hospital: int, cloud: int) -> None:
        """Machines on both sides send packets of those sizes; what the tunnels end at stays as it is."""
        home = self.hospitals[FIRST]
        home.resize(hospital)
        for name in ("pod-a", "pod-b"):
            self.core.run("ip", "link", "set", name, "mtu", str(cloud))
            self.cloud[name].run("ip", "link", "set", "ens4", "mtu", str(cloud))

    @contextlib.contextmanager
    def silent_about_sizes(self, *places: str) -> Iterator[None]:
        """Those machines never hear that something did not fit."""
        for place in places:
            self.machine(place).batch("nft", _DEAF)
        try:
            yield
        finally:
            for place in places:
                self.machine(place).batch("nft", "delete table ip deaf")

    @contextlib.contextmanager
    def lawless(self, who: str) -> Iterator[None]:
        """Somebody else owns the machine with the tunnels there: it has no rules, and sends whatever it likes."""
        server = self.gateway(who[-1]) if who in self.cloud else self.hospitals[who].carrier
        rules = server.run("nft", "list", "table", "inet", "tunnel")
        server.run("nft", "delete", "table", "inet", "tunnel")
        peers = [line.split() for line in server.run("wg", "show", "all", "allowed-ips").splitlines()]
        last = {interface: (key, ",".join(ranges)) for interface, key, *ranges in peers}
        for interface, (key, ranges) in last.items():
            server.run("wg", "set", interface, "peer", key, "allowed-ips", f"{ranges},0.0.0.0/0")
        try:
            yield
        finally:
            for interface, (key, ranges) in last.items():
                server.run("wg", "set", interface, "peer", key, "allowed-ips", ranges)
            server.run("nft", "-f", "-", text=rules)

    def _machines(self) -> list[Machine]:
        apart = [self.internet, self.core, self.stranger, *self.cloud.values()]
        return apart + [each for home in self.hospitals.values() for each in home.machines]

    def _connect(self) -> None:
        self.internet.run("sysctl", "-q", "-w", "net.ipv4.ip_forward=1")
        self.internet.run("ip", "address", "add", f"{INTERNET}/32", "dev", "lo")
        self.fabric = Fabric(self.core, rendered())
        self._on_internet("inet", self.core, "inet", ["192.0.2.0/24"], "192.0.2.1")
        self._on_internet("stranger", self.stranger, "eth0", [f"{STRANGER}/32"], STRANGER)
        for name, machine in self.cloud.items():
            self.fabric.plug(name, machine)
        for name, each in self.hospitals.items():
            self._on_internet(name, each.edge, "wan", [f"{EDGES[name]}/32"], EDGES[name])
            each.cable()
            each.start_k3s()

    def _on_internet(self, port: str, machine: Machine, nic: str, ranges: list[str], own: str) -> None:
        mtu = MTU if nic == "inet" else 1500
        self.internet.batch(
            "ip",
            f"link add {port} mtu {mtu} type veth peer name {nic} netns {machine.pid}\nlink set {port} up\n"
            + "\n".join(f"route add {each} via {own} dev {port} onlink" for each in ranges),
        )
        lines = [f"link set {nic} mtu {mtu} up", f"route add default via {INTERNET} dev {nic} onlink"]
        lines += [] if nic == "inet" else [f"address add {own}/32 dev {nic}"]
        machine.batch("ip", "\n".join(lines))

    def _start(self) -> None:
        self.current = rendered()
        self.tell_gateways(rendered())
        for name in OUTSIDE:
            self.start_gateway(name)
        for name, each in self.hospitals.items():
            self.tell_site(name, self.current)
            for server, files in each.rendered():
                _install(server, files)
        check = Check.recorded(rendered(), str(plan().balancer))
        self.balancer = Balancer(self.fabric, check)


def agreed(server: Server) -> set[str]:
    """The tunnels on which keys have been agreed on with a peer, and the peer."""
    shown = [line.split() for line in server.run("wg", "show", "all", "latest-handshakes", check=False).splitlines()]
    return {f"{interface} {key}" for interface, key, at in shown if at != "0"}


def _peers(server: Server) -> set[str]:
    shown = server.run("wg", "show", "all", "peers", check=False).splitlines()
    return {" ".join(line.split()) for line in shown}


def used(carrier: Server) -> str:
    """The tunnel by which a hospital sends."""
    return carrier.run("ip", "route", "get", str(address("pod-b"))).split(" dev ")[1].split()[0]


_DEAF: Final = """\
table ip deaf {
  chain input {
    type filter hook input priority filter;
    icmp type destination-unreachable drop
  }
}
"""


def _silence(here: str, there: str) -> str:
    return f"""\
table ip silence {{
  chain forward {{
    type filter hook forward priority filter;
    ip saddr {here} ip daddr {there} drop
    ip saddr {there} ip daddr {here} drop
  }}
}}
"""


def _install(server: Server, files: Files) -> None:
    """Put a site's files in place, and run the script that starts them."""
    for path, file in files.items():
        server.put(path, file.content, file.mode)
    server.run("sh", "-s", text=site_files.install_script(site_files.starts(files)))
