"""The machines of a hospital, from bare metal to nodes that k3s can be put on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address

from pulumi import Output, ResourceOptions

from components.files import Files
from components.link.plan import LinkPlan
from components.link.site_files import DOCUMENT, SiteNetwork, carrier_files, node_files, starts
from components.link.site_files import Carrier as Carries
from components.onprem.door import Door, Jump
from components.onprem.machines.downloads import Download
from components.onprem.machines.driver import Driver as MacDriver
from components.onprem.machines.host import Host, Lan, LinuxHost, LinuxInside, Mac
from components.onprem.machines.lima import Lima
from components.onprem.machines.node import Node, NodeArgs
from components.onprem.machines.vfkit import Vfkit
from settings import Driver, Os, Site
from settings import Host as Listed


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """What the site's machines need of the link."""

    plan: LinkPlan
    document: Output[str] | None
    """Secret; for the machine that carries the tunnels. ``None`` where they end at a firewall."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Crew:
    """The machines of a site."""

    hosts: Mapping[str, Host]
    ready: Mapping[str, Output[str]] = field(default_factory=dict)
    """By name: known once the machine is prepared."""


def build_machines(site: Site, line: Line, where: ResourceOptions) -> Crew:
    """Every machine of the site, prepared, and the carrier's end of the link with them."""
    hosts = {listed.name: host_of(site, listed) for listed in site.hosts}
    ready = {
        listed.name: Node(
            f"{site.name}-{listed.name}", _node(site, listed, hosts[listed.name], line), where
        ).ready
        for listed in site.hosts
    }
    return Crew(hosts=hosts, ready=ready)


def host_of(site: Site, listed: Listed) -> Host:
    """A machine of the inventory, as components describe it."""
    door = _door(site, listed.address, listed.host_key)
    if listed.os is Os.LINUX:
        return LinuxHost(
            name=listed.name,
            door=door,
            address=listed.address,
            interface=listed.interface or "",
            storage_device=listed.storage_device,
        )
    if listed.node is None:
        raise ValueError(f"{listed.name} has no Linux machine inside")  # the settings have refused it before
    node = listed.node
    inside = LinuxInside(
        address=node.address,
        mac=node.mac,
        cpus=node.cpus,
        memory_gib=node.memory_gib,
        system_gib=node.system_gib,
        storage_gib=node.storage_gib,
    )
    return Mac(
        name=listed.name,
        door=door,
        cpus=listed.cpus,
        memory_gib=listed.memory_gib,
        disk_gib=listed.disk_gib,
        inside=inside,
        inference_gib=listed.inference_gib,
    )


def _door(site: Site, address: IPv4Address, key: str) -> Door:
    if site.entry is None:
        raise ValueError(f"nobody enters the machines of {site.name}")  # the settings have refused it before
    told = site.entry.jump
    jump = (
        Jump(address=told.address, user=told.user, host_key=told.host_key, port=told.port) if told else None
    )
    return Door(address=address, user=site.entry.user, host_key=key, jump=jump)


def _node(site: Site, listed: Listed, host: Host, line: Line) -> NodeArgs:
    carries = site.gateway is not None and listed.node_address == site.gateway.address
    files = _link_files(site, line.plan, carries=carries)
    secret = {DOCUMENT: line.document} if carries and line.document is not None else {}
    return NodeArgs(
        host=host,
        lan=_lan(site),
        clocks=site.clocks,
        driver=_driver(site) if isinstance(host, Mac) else None,
        files=files,
        starts=starts(files),
        secret_files=secret,
    )


def _link_files(site: Site, plan: LinkPlan, *, carries: bool) -> Files:
    if site.gateway is None:
        return {}
    network = SiteNetwork(
        name=site.name,
        carrier=Carries(site.gateway.kind.value),
        address=site.gateway.address,
        lan=site.lan,
        pods=site.pods,
        services=site.services,
        pods_via=site.gateway.pods_via,
    )
    return carrier_files(plan, network) if carries else node_files(plan, network)


def _driver(site: Site) -> MacDriver:
    image = Download(url=site.image.url, sha256=site.image.sha256) if site.image else None
    if site.driver is Driver.LIMA:
        return Lima(image=image) if image else Lima()
    if image is None:
        raise ValueError(f"{site.name} has no raw disk for vfkit")  # the settings have refused it before
    return Vfkit(image=image)


def _lan(site: Site) -> Lan:
    if site.router is None:
        raise ValueError(f"{site.name} has no router")  # the settings have refused it before
    return Lan(range=site.lan, router=site.router, names=site.dns)
