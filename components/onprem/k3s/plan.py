"""A cluster, before any machine hears of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from itertools import combinations
from typing import Final

from components.onprem.k3s.nodes import Node

EACH: Final = 24
"""The prefix of each node's own part of the pods' range: k3s' default."""

DNS: Final = 10
"""The cluster's DNS server is the tenth address of the services' range: k3s' default."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClusterPlan:
    """Which nodes there are, and which ranges they share."""

    servers: Sequence[Node]
    """One, or an odd number: etcd needs a majority. The first one starts the cluster."""
    workers: Sequence[Node]
    pods: IPv4Network
    services: IPv4Network
    names: Sequence[str] = ()
    """Further names and addresses under which people reach the control plane."""
    uploads: bool = True
    """Whether snapshots of etcd leave the hospital (``Snapshots`` says where to)."""

    def __post_init__(self) -> None:
        for refusal in (*self._of_servers(), *self._of_workers(), *self._of_nodes(), *self._of_ranges()):
            raise ValueError(refusal)

    @property
    def first(self) -> Node:
        """The server that starts the cluster."""
        return self.servers[0]

    @property
    def nodes(self) -> Sequence[Node]:
        """All of them, servers first."""
        return [*self.servers, *self.workers]

    @property
    def highly_available(self) -> bool:
        """Whether the control plane survives the loss of one server."""
        return len(self.servers) > 1

    @property
    def dns(self) -> IPv4Address:
        """Of the cluster's own DNS server."""
        return self.services[DNS]

    @property
    def url(self) -> str:
        """By which nodes join, and tools reach the control plane."""
        return f"https://{self.first.address}:6443"

    def _of_servers(self) -> Iterator[str]:
        count = len(self.servers)
        if count % 2 == 0:
            yield f"{count} servers: write one or three; an even number of etcd members survives no more loss"
        for node in self.servers:
            if node.duty:
                yield f"server {node.name} has the duty {node.duty}: workers have duties, servers serve"
            if node.allow_destroy and count == 1:
                yield f"server {node.name} is the last one, and is never destroyed: leave allow_destroy out"

    def _of_workers(self) -> Iterator[str]:
        for node in self.workers:
            if not node.duty:
                yield f"worker {node.name} has no duty: say what it is for, or nothing would run on it"

    def _of_nodes(self) -> Iterator[str]:
        for one, other in combinations(self.nodes, 2):
            if one.name == other.name:
                yield f"two nodes are called {one.name}: give each a name of its own"
            if one.address == other.address:
                yield f"{one.name} and {other.name} have the same address {one.address}"

    def _of_ranges(self) -> Iterator[str]:
        room = 2 ** (EACH - self.pods.prefixlen) if self.pods.prefixlen <= EACH else 0
        if room < len(self.nodes):
            yield f"{self.pods} has room for the pods of {room} nodes, and there are {len(self.nodes)}"
        if self.services.num_addresses <= DNS + 1:
            yield f"{self.services} has no room for services: /24 or larger"
        if self.pods.overlaps(self.services):
            yield f"pods {self.pods} and services {self.services} overlap"
        for node in self.nodes:
            if any(node.address in each for each in (self.pods, self.services)):
                yield f"{node.name} has an address of pods or services, {node.address}"
