"""The whole laboratory: two hospitals, the internet, and Google's side."""

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Self

from components.files import Files
from components.link import site_files
from components.onprem.machines.install import install, program
from components.onprem.machines.linux import Given, started
from tests.link.lab.apis import Apis
from tests.link.lab.balancer import Balancer, Check
from tests.link.lab.echo import Echo
from tests.link.lab.fabric import APIS, MACHINES, METADATA, MTU, Fabric
from tests.link.lab.hospital import Hospital, hospital
from tests.link.lab.machine import Machine, wait
from tests.link.lab.plan import EDGES, FIRST, OUTSIDE, SECOND, STRANGER, address, plan, settings
from tests.link.lab.rendered import Rendered, first_start, rendered
from tests.link.lab.room import Room
from tests.link.lab.server import Server, sweep
from tests.link.lab.tunnels import up

INTERNET: Final = "203.0.113.1"
"""Whom everybody asks for the way to everybody else."""

SERVICES: Final[Mapping[str, Sequence[int]]] = {
    **dict.fromkeys(("host", "pod", "carrier-pod", "second-host", "second-pod"), (53, 8443)),
    **dict.fromkeys(("node-a", "node-b", "pod-a", "pod-b"), (8443,)),
    "sql": (5432, 3307),
    "apis": (443,),
}
"""The ports at which somebody answers, by place."""


class Laboratory:
    """Everything, switched on and connected; gone when closed, or when the tests end in whatever way."""

    def __init__(self, folder: Path) -> None:
        sweep()
        with contextlib.ExitStack() as building:
            self._gone = building
            building.callback(Room().give_back)
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
        """Wait until every hospital has agreed on keys with both gateways, and the first is ready."""
        for home in self.hospitals.values():
            wait(lambda home=home: up(home.carrier, len(OUTSIDE)), f"{home.name} is joined")
        wait(lambda: self.balancer.healthy["gw-a"], "the first gateway is ready")

    def answer(self, echo: Echo, *places: str) -> None:
        """Let somebody answer at those places, or at all, where its own kind of service would."""
        for place in places or SERVICES:
            where = APIS[1] if place == "apis" else address(place)
            echo.listen(self.machine(place), where, SERVICES[place])

    def gateway(self, name: str) -> Server:
        """A gateway by its short name."""
        machine = self.cloud[f"gw-{name}"]
        assert isinstance(machine, Server)
        return machine

    def tell_gateways(self, recorded: Rendered) -> None:
        """What a deployment does: its firewall in force, the gateways' documents in Secret Manager."""
        self.fabric.guard(recorded)
        cloud = settings().cloud
        assert cloud
        self.apis.secrets |= {
            f"projects/{cloud.project}/secrets/{name}": text for name, text in recorded.secrets().items()
        }

    def tell_site(self, name: str, recorded: Rendered) -> None:
        """Put a site's document in place, as whoever reads its secret does."""
        self.place(name, recorded.secrets()[f"link-site-{name}"])

    def place(self, name: str, document: str) -> None:
        """Put any document in place at a site."""
        self.hospitals[name].carrier.put(site_files.DOCUMENT, document, 0o600)

    def start_gateway(self, name: str) -> None:
        """From the image to work."""
        server = self.gateway(name)
        self.apis.introduce(server)
        first_start(server, rendered().start(name))

    def heal_gateway(self, name: str) -> None:
        """A new machine with the old one's addresses, as repair makes it."""
        self.cloud[f"gw-{name}"] = Server(f"gw-{name}")
        self.gateway(name).ready()
        self.fabric.plug(f"gw-{name}", self.cloud[f"gw-{name}"])
        self.balancer.again()
        self.start_gateway(name)

    def heal_pod(self, zone: str) -> None:
        """A new node in that zone; nobody answers there yet."""
        self.cloud[f"pod-{zone}"] = Machine(f"pod-{zone}").ready()
        self.fabric.plug(f"pod-{zone}", self.cloud[f"pod-{zone}"])

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


def _install(server: Server, files: Files) -> None:
    """Put a site's files in place and start them, as every node of a hospital gets what others want there."""
    given = Given(files=files, starts=site_files.starts(files))
    server.run("sh", "-s", text=program(install(files, [started(given)])))
