"""A hospital's nodes, for tests."""

from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network
from typing import Any, Final

from pulumi import Input

from components.onprem.door import Door, Machine
from components.onprem.k3s.nodes import Duty, Node
from components.onprem.k3s.plan import ClusterPlan

HOST_KEY: Final = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIexample"
CONTROLLER: Final = "rancher/system-upgrade-controller@sha256:" + 64 * "0"


def machine(name: str, number: int) -> Machine:
    """A Linux machine."""
    door = Door(address=IPv4Address(f"10.20.0.{number}"), user="deploy", host_key=HOST_KEY)
    return Machine(name=name, door=door)


def node(name: str, number: int, *, ready: Input[str] = "ready", **more: Any) -> Node:
    """The node on it."""
    one = Node(
        machine=machine(name, number),
        address=IPv4Address(f"10.20.0.{number}"),
        interface="lima0",
        ready=ready,
        storage=True,
    )
    return replace(one, **more)


def plan(count: int = 1, **more: Any) -> ClusterPlan:
    """That many servers, and a worker of each duty; ``more`` instead of what it says otherwise."""
    made: dict[str, Any] = {
        "servers": [node(f"server-{number}", 10 + number) for number in range(1, count + 1)],
        "workers": [node(duty.value, 20 + number, duty=duty) for number, duty in enumerate(Duty, 1)],
        "pods": IPv4Network("10.42.0.0/16"),
        "services": IPv4Network("10.43.0.0/16"),
        "names": ["k3s.hospital.example"],
    }
    made.update(more)
    return ClusterPlan(**made)
