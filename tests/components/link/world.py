"""A hospital group and its cloud, as the tests of the link need them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv4Network
from typing import Final

from pulumi import Resource

from components.cloud.project import Project
from components.cloud.secrets.secret import Rotation
from components.link.documents import Secrets
from components.link.gateways import GatewaysArgs, Machine
from components.link.join import Ground, Vault
from components.link.plan import GATEWAYS, LinkPlan, SitePlan
from components.link.site_files import Carrier, SiteNetwork
from components.link.wireguard import WireGuardArgs

REGION: Final = "southamerica-east1"
NETWORK: Final = "projects/aurora-prod/global/networks/core"
SUBNET: Final = f"projects/aurora-prod/regions/{REGION}/subnetworks/gateways"
KEY: Final = f"projects/aurora-prod/locations/{REGION}/keyRings/ring/cryptoKeys/key"
TUNNELS: Final = IPv4Network("10.79.0.0/22")


def site(number: int) -> SitePlan:
    """The site of that number, at most 127."""
    return SitePlan(
        number=number,
        public_address=IPv4Address(f"203.0.113.{number}"),
        ranges=[IPv4Network(f"10.200.{number}.0/24"), IPv4Network(f"10.100.{number}.0/24")],
        block=IPv4Network((int(TUNNELS.network_address) + 8 * (number - 1), 29)),
    )


def plan(*names: str, generations: Sequence[int] = (1,), port: int = 51820) -> LinkPlan:
    """A link of these sites, numbered as they stand."""
    return LinkPlan(
        cloud=[IPv4Network("10.64.0.0/20"), IPv4Network("10.64.16.0/24"), IPv4Network("10.68.0.0/14")],
        private_services=IPv4Network("10.76.0.0/16"),
        gateways=IPv4Network("10.64.16.0/24"),
        port=port,
        generations=generations,
        sites={name: site(number) for number, name in enumerate(names, start=1)},
    )


def network(carrier: Carrier = Carrier.NODE) -> SiteNetwork:
    """A site as its own machines see it."""
    return SiteNetwork(
        name="recife",
        carrier=carrier,
        address=IPv4Address("10.200.1.11"),
        lan=IPv4Network("10.200.1.0/24"),
        pods=IPv4Network("10.100.1.0/24"),
        services=IPv4Network("10.101.1.0/24"),
        pods_via=IPv4Address("10.200.1.21") if carrier is Carrier.ROUTER else None,
    )


def secrets(of: LinkPlan) -> Secrets:
    """Seeds that are as different as real ones."""
    return Secrets(
        gateways={key: {each: f"seed {key} {each}" for each in of.generations} for key in GATEWAYS},
        sites={name: {each: f"seed {name} {each}" for each in of.generations} for name in of.sites},
    )


def ground(project: Project, of: LinkPlan, *, protect: bool = True, after: Sequence[Resource] = ()) -> Ground:
    """Where a link stands."""
    return Ground(
        project=project,
        region=REGION,
        network=NETWORK,
        plan=of,
        vault=Vault(
            keys={REGION: KEY},
            topic="projects/aurora-prod/topics/due",
            rotation=Rotation(first=datetime(2027, 6, 1, tzinfo=UTC)),
            protect=protect,
        ),
        readers={
            name: f"serviceAccount:site-{name}@aurora-prod.iam.gserviceaccount.com" for name in of.sites
        },
        after=after,
        labels={"owner": "platform"},
    )


def wireguard(project: Project, of: LinkPlan, *, after: Sequence[Resource] = ()) -> WireGuardArgs:
    """A link by WireGuard."""
    return WireGuardArgs(
        ground=ground(project, of, after=after),
        policy="guard",
        subnetwork=SUBNET,
        zones={"a": f"{REGION}-b", "b": f"{REGION}-c"},
        machine_type="e2-small",
        disk_key=KEY,
    )


def gateways(project: Project, secret: Resource) -> GatewaysArgs:
    """Both machines."""
    machines = {
        key: Machine(
            zone=f"{REGION}-{zone}",
            account=f"{key}@aurora-prod.iam.gserviceaccount.com",
            internal=f"10.64.16.{2 + 'ab'.index(key)}",
            public=f"203.0.113.{2 + 'ab'.index(key)}",
            start="#cloud-config\n{}\n",
            secret=secret,
        )
        for key, zone in zip(GATEWAYS, "bc", strict=True)
    }
    return GatewaysArgs(
        project=project, subnetwork=SUBNET, key=KEY, machine_type="e2-small", machines=machines
    )
