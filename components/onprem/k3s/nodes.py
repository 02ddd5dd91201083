"""The nodes of a cluster, and what they are for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Address
from typing import Final

from pulumi import Input

from components.onprem.door import Machine

DUTY: Final = "prontuario.health/duty"
"""The label by which workloads find their node; on nodes that hold something apart also a taint."""

STORAGE: Final = "node.longhorn.io/create-default-disk"
"""The label by which Longhorn knows the nodes whose disk it may use."""


class Duty(StrEnum):
    """What a worker is for."""

    AI_INFERENCE = "ai-inference"
    API_BACKEND = "api-backend"
    DATA_PROCESSING = "data-processing"


APART: Final = (Duty.AI_INFERENCE,)
"""Duties whose nodes take nothing else: their memory belongs to the models beside the machine."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """A Linux machine that is, or becomes, a node of the cluster."""

    machine: Machine
    """Its name is the node's."""
    address: IPv4Address
    """In the hospital's network, for ever: certificates and etcd know it."""
    interface: str
    """The card with that address; on a Mac's virtual machine never the first one."""
    ready: Input[str] = field(compare=False, repr=False)
    """Known once the machine has its packages, kernel modules and disks."""
    duty: Duty | None = None
    """Workers have one."""
    storage: bool = False
    """Whether it has a disk for replicated volumes."""
    allow_destroy: bool = False
    """Whether the node is emptied and removed for good when it leaves the stack."""

    @property
    def name(self) -> str:
        """In the cluster."""
        return self.machine.name

    @property
    def labels(self) -> Mapping[str, str]:
        """What the cluster knows of it."""
        duty = {DUTY: self.duty.value} if self.duty else {}
        return {**duty, **({STORAGE: "true"} if self.storage else {})}

    @property
    def taints(self) -> Sequence[str]:
        """What keeps others away from it: ``key=value:effect``."""
        return [f"{DUTY}={self.duty}:NoSchedule"] if self.duty in APART else []
