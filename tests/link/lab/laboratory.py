"""The whole laboratory: two hospitals, the internet, and Google's side."""

import contextlib
from pathlib import Path
from typing import Final, Self

from components.cloud.project import Api, ProjectServices, ProjectServicesArgs
from components.link import site_files
from components.link.documents import Secrets, gateway_document, site_document
from components.link.files import Files
from components.link.gateway_files import STARTS, gateway_files
from components.link.passage import Passage, PassageArgs
from components.link.plan import HEALTH_PORT
from stacks import build
from tests.link.lab.apis import Apis
from tests.link.lab.balancer import Balancer, Check
from tests.link.lab.fabric import APIS, MACHINES, METADATA, MTU, Fabric
from tests.link.lab.hospital import Hospital, hospital
from tests.link.lab.machine import Machine
from tests.link.lab.plan import EDGES, FIRST, OUTSIDE, SECOND, STRANGER, plan, settings
from tests.link.lab.server import Server, sweep
from toolkit.recorder import record

PROJECT: Final = "santa-aurora-prod"
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
            self.stranger = building.enter_context(Machine("stranger"))
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

    def gateway(self, name: str) -> Server:
        """A gateway by its short name."""
        machine = self.cloud[f"gw-{name}"]
        assert isinstance(machine, Server)
        return machine

    def tell_gateways(self, *generations: int) -> None:
        """Write the gateways' documents, as the program does into Secret Manager."""
        for name in OUTSIDE:
            self.apis.secrets[f"projects/{PROJECT}/secrets/gateway-{name}"] = gateway_document(
                plan(*generations), name, secrets()
            )

    def tell_site(self, name: str, *generations: int) -> None:
        """Write a site's document, as the site's secret is put in place."""
        text = site_document(plan(*generations), name, secrets(), OUTSIDE)
        self.hospitals[name].carrier.put(site_files.DOCUMENT, text, 0o600)

    def start_gateway(self, name: str) -> None:
        """From the image to work: files, sysctl, units, in the order of its first start."""
        server = self.gateway(name)
        files = gateway_files(plan(), name, project=PROJECT, secret=f"gateway-{name}")
        self.apis.introduce(server)
        _install(server, files, STARTS)

    def heal_gateway(self, name: str) -> None:
        """A new machine with the old one's addresses, as repair makes it."""
        self.cloud[f"gw-{name}"] = Server(f"gw-{name}").ready()
        self.fabric.plug(f"gw-{name}", self.cloud[f"gw-{name}"])
        self.balancer.again()
        self.start_gateway(name)

    def _machines(self) -> list[Machine]:
        apart = [self.internet, self.core, self.stranger, *self.cloud.values()]
        return apart + [each for home in self.hospitals.values() for each in home.machines]

    def _connect(self) -> None:
        graph = record(_program, project="prontuario", stack="prod", preview=False)
        self.internet.run("sysctl", "-q", "-w", "net.ipv4.ip_forward=1")
        self.internet.run("ip", "address", "add", f"{INTERNET}/32", "dev", "lo")
        self.fabric = Fabric(self.core, graph)
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
        self.tell_gateways(1)
        for name in OUTSIDE:
            self.start_gateway(name)
        for name, each in self.hospitals.items():
            self.tell_site(name, 1)
            for server, files in each.rendered():
                _install(server, files, site_files.starts(files))
        check = Check(address=str(plan().balancer), port=HEALTH_PORT, path="/ready", interval=1, timeout=1,
                      healthy=2, unhealthy=2)  # fmt: skip
        self.balancer = Balancer(self.fabric, check)


def _program() -> None:
    build(settings())
    services = ProjectServices("lab", ProjectServicesArgs(project=PROJECT, number=10**9, apis=[*Api]))
    args = PassageArgs(project=services.project, policy="core", plan=plan(1, 2), accounts=["gateway"])
    Passage("link", args)


def secrets() -> Secrets:
    """Seeds as the program draws them, the same in every run."""
    return Secrets(
        gateways={name: {each: f"gateway {name} {each}" for each in (1, 2, 3)} for name in OUTSIDE},
        sites={name: {each: f"site {name} {each}" for each in (1, 2, 3)} for name in EDGES},
    )


def _install(server: Server, files: Files, units: object) -> None:
    for path, file in files.items():
        server.put(path, file.content, file.mode)
    names = [*units] if isinstance(units, (list, tuple)) else []
    server.run("systemctl", "daemon-reload")
    server.run("sysctl", "-q", "--system")
    server.run("systemctl", "enable", "--now", *names)
