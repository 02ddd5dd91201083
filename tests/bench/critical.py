"""How long ``up`` takes at least: the longest chain of resources that wait for each other."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from rich.table import Table

from tests.stacks.graphs import graph_of
from toolkit.graph import Graph, Resource

SECONDS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "gcp:sql/databaseInstance:DatabaseInstance": 600,
        "gcp:container/cluster:Cluster": 480,
        "gcp:servicenetworking/connection:Connection": 60,
        "gcp:gkebackup/backupPlan:BackupPlan": 20,
        "gcp:projects/service:Service": 20,
        "gcp:compute/network:Network": 15,
        "gcp:compute/subnetwork:Subnetwork": 15,
        "gcp:compute/router:Router": 12,
        "gcp:compute/routerNat:RouterNat": 12,
        "gcp:projects/serviceIdentity:ServiceIdentity": 10,
        "gcp:artifactregistry/repository:Repository": 10,
        "gcp:compute/networkPeeringRoutesConfig:NetworkPeeringRoutesConfig": 10,
        "gcp:projects/iAMMember:IAMMember": 8,
    }
)
"""Typical seconds of one creation, from the field: their order matters, not their digits."""

OTHERS: Final = 4.0
"""Seconds of everything else that is made in the cloud."""


def table() -> Table:
    """The critical path of prod, link by link, beside what one after the other would take."""
    graph = graph_of("prod")
    path = critical_path(graph)
    alone = sum(map(seconds, graph.resources.values()))
    title = f"Critical path of up on prod: {sum(map(seconds, path)):.0f} s of {alone:.0f} s one by one"
    rows = Table("resource", "seconds", title=title)
    for each in path:
        rows.add_row(f"{each.type} {each.name}", f"{seconds(each):.0f}")
    return rows


def seconds(resource: Resource) -> float:
    """How long the resource takes to make; components and providers cost nothing."""
    return SECONDS.get(resource.type, OTHERS) if resource.custom and "providers" not in resource.type else 0


def critical_path(graph: Graph) -> list[Resource]:
    """The chain that takes longest, first to last."""
    done: dict[str, tuple[float, str]] = {}
    for urn, resource in graph.resources.items():  # a resource is registered after what it waits for
        before = max(
            ((done[other][0], other) for other in resource.dependencies if other in done), default=(0, "")
        )
        done[urn] = (before[0] + seconds(resource), before[1])
    path, urn = [], max(done, key=lambda each: done[each][0])
    while urn:
        path.append(graph.resources[urn])
        urn = done[urn][1]
    return path[::-1]
