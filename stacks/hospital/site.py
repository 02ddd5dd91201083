"""A hospital's side of prod: from its machines to what keeps patients' data on them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Final

from pulumi import Output

from components.classification import Classification
from components.cloud.network.googleapis import domains
from components.cloud.network.ranges import PRIVATE_APIS
from components.link.site_names import SiteNames, SiteNamesArgs
from components.onprem.k3s.cluster import K3s
from components.onprem.k3s.snapshots import Snapshots, SnapshotsArgs
from components.onprem.k3s.upgrades import Upgrades, UpgradesArgs
from components.onprem.machines.host import interface_of, machine_of
from settings import Role, Site
from stacks import keys as use
from stacks.ground import Ground
from stacks.holding import Holding
from stacks.hospital.addresses import build_addresses
from stacks.hospital.cluster import build_cluster
from stacks.hospital.database import archive_of, build_database
from stacks.hospital.floor import ADDRESSES, MACHINES, OWN, Floor, Lot, build_floor
from stacks.hospital.inference import build_inference
from stacks.hospital.machines import Crew, Line, build_machines
from stacks.hospital.trust import COPIES, SNAPSHOTS, Trust, build_trust, keep
from stacks.hospital.vault import build_vault, seal_of
from stacks.hospital.volumes import build_disks
from stacks.providers import site_cluster

DIGEST: Final = "34fa058fe453da2e1d6cf9052d2961976d5c7294921f8a6a6fb75098a27b0e89"
CONTROLLER: Final = f"rancher/system-upgrade-controller@sha256:{DIGEST}"
"""v0.19.2."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hospital:
    """What the rest of the platform, and people, may know of a site."""

    kubeconfig: Output[str]
    highly_available: Output[bool]
    version: Output[str]
    """Of k3s, as every node told it."""
    namespaces: Mapping[str, Output[str]]
    authority: Output[str]
    """The certificate that clients at the hospital trust."""
    database: Mapping[str, Output[str]]
    vault: Output[str]
    inference: Output[str] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """What the cloud side has for every site."""

    ground: Ground
    bucket: Output[str]
    """The backups', by name."""
    keys: Mapping[str, Output[str]]
    """Of encryption, by use."""


def build_hospital(shared: Shared, site: Site, line: Line) -> Hospital:
    """Everything at one site, in the order in which it can stand."""
    ground = shared.ground
    crew = build_machines(site, line, ground.where)
    cluster = build_cluster(site, crew, ground.care, ground.where)
    trust = build_trust(ground, site, cluster, shared.bucket)
    floor = build_floor(_lot(ground, site, cluster))
    disks = build_disks(ground, site, floor, trust)
    keep(ground, site, shared.keys[use.SECRETS], cluster, disks.passphrase)
    _care_for(ground, site, crew, floor, trust)
    subscribers = ground.cloud.network.private_services
    database = build_database(floor, disks.volumes, archive_of(ground, site.name, trust), subscribers)
    return Hospital(
        kubeconfig=cluster.kubeconfig,
        highly_available=cluster.highly_available,
        version=cluster.version,
        namespaces=floor.namespaces,
        authority=floor.authority.certificate,
        database=database.services,
        vault=build_vault(floor, disks.volumes, seal_of(trust)).address,
        inference=build_inference(site, crew.hosts, floor),
    )


def holdings(ground: Ground, site: Site) -> Iterator[Holding]:
    """What lies at the hospital itself, and what opens it in the cloud."""
    for store in ("volumes", "database", "vault", "k3s"):
        yield Holding(
            store=f"{site.name}-{store}",
            classification=Classification.PATIENT,
            location=site.name,
            land=site.country,
        )
    for store in COPIES:
        yield Holding(
            store=f"{site.name}-{store}",
            classification=Classification.PATIENT,
            location=ground.cloud.region,
        )


def _lot(ground: Ground, site: Site, cluster: K3s) -> Lot:
    servers = [IPv4Network(host.node_address) for host in site.hosts if host.role is Role.SERVER]
    return Lot(
        name=site.name,
        settings=ground.settings,
        where=site_cluster(site, cluster.kubeconfig),
        servers=servers,
        callers=[site.pods, *servers],
        namespaces={**OWN, **ADDRESSES, **MACHINES},
    )


def _care_for(ground: Ground, site: Site, crew: Crew, floor: Floor, trust: Trust) -> None:
    """What the cluster itself needs: addresses, names, copies of its own state, and new versions."""
    first = next(host.name for host in site.hosts if host.role is Role.SERVER)
    server = machine_of(crew.hosts[first])
    if site.load_balancers:
        cards = sorted({interface_of(host) for host in crew.hosts.values()})
        build_addresses(floor, site.load_balancers, cards, (server, interface_of(crew.hosts[first])))
    names = SiteNamesArgs(answers={domain: [*PRIVATE_APIS] for domain in domains()})
    SiteNames(f"{site.name}-names", names, floor.lot.where)
    snapshots = SnapshotsArgs(
        bucket=trust.bucket,
        folder=f"{SNAPSHOTS}/{site.name}",
        region=ground.cloud.region,
        access_key=trust.backups.access_key,
        secret_key=trust.backups.secret_key,
    )
    Snapshots(f"{site.name}-snapshots", snapshots, floor.lot.where)
    upgrades = UpgradesArgs(
        namespace=floor.namespaces["system-upgrade"],
        server=server,
        nodes=[*crew.hosts],
        controller=CONTROLLER,
        api_servers=floor.lot.servers,
    )
    Upgrades(f"{site.name}-upgrades", upgrades, floor.lot.where)
