"""k3s over the machines of a hospital."""

from collections.abc import Mapping

from pulumi import Input, ResourceOptions

from components.onprem.k3s.cluster import K3s, K3sArgs
from components.onprem.k3s.nodes import Duty, Node
from components.onprem.k3s.plan import ClusterPlan
from components.onprem.machines.host import address_of, interface_of, machine_of
from settings import Care, Host, Role, Site
from stacks.hospital.machines import Crew


def build_cluster(site: Site, crew: Crew, care: Care, where: ResourceOptions) -> K3s:
    """The site's cluster: as many servers as the inventory has, the first of them starts it."""
    args = K3sArgs(plan=plan_of(site, crew, crew.ready), protect=care.protect)
    return K3s(f"{site.name}-k3s", args, where)


def plan_of(site: Site, crew: Crew, ready: Mapping[str, Input[str]]) -> ClusterPlan:
    """The cluster, as components describe it."""
    nodes = {listed.name: _node(listed, crew, ready[listed.name]) for listed in site.hosts}
    servers = [nodes[listed.name] for listed in site.hosts if listed.role is Role.SERVER]
    workers = [nodes[listed.name] for listed in site.hosts if listed.role is Role.WORKER]
    return ClusterPlan(servers=servers, workers=workers, pods=site.pods, services=site.services)


def _node(listed: Host, crew: Crew, ready: Input[str]) -> Node:
    host = crew.hosts[listed.name]
    return Node(
        machine=machine_of(host),
        address=address_of(host),
        interface=interface_of(host),
        ready=ready,
        duty=Duty(listed.duty.value) if listed.duty else None,
        storage=listed.node_storage_gib > 0,
        allow_destroy=listed.allow_destroy,
    )
