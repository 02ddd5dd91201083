"""The link between hospitals and cloud."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pulumi import Output

from components.cloud.watch.alerts import Alerts, AlertsArgs
from components.link.events import EVENTS, IPSEC_EVENTS
from components.link.ha_vpn import HaVpn, HaVpnArgs
from components.link.join import Ground as LinkGround
from components.link.join import Vault
from components.link.plan import GATEWAYS, LinkPlan, SitePlan
from components.link.wireguard import WireGuard, WireGuardArgs
from settings import Backend, Link, Settings, Site
from settings.addresses import link as block_of
from settings.places import zones
from stacks import keys as use
from stacks.ground import Ground
from stacks.network import CloudNetwork
from stacks.secrets import rotation_of

NAME: Final = "link"


@dataclass(frozen=True, kw_only=True, slots=True)
class Store:
    """How secrets of the link are kept and who reads them."""

    keys: Mapping[str, Output[str]]
    """Of encryption, by use."""
    topic: Output[str]
    """Where it is said that new keys are due."""
    readers: Mapping[str, Output[str]]
    """By site."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkSide:
    """The link, whatever carries it."""

    endpoints: Mapping[str, Output[str]]
    public_keys: Mapping[str, Mapping[str, Output[str]]]
    sites: Mapping[str, Output[str]]
    """Full names of the secrets that the sites need, by site."""
    plan: LinkPlan
    documents: Mapping[str, Output[str]]
    """What each site's own machine must be told, secret; empty where tunnels end at a firewall."""


def build_link(ground: Ground, link: Link, network: CloudNetwork, store: Store) -> LinkSide:
    """The link that the settings ask for, and a message to whoever is on call when it breaks."""
    plan = plan_of(ground, link)
    if link.backend is Backend.IPSEC:
        vpn = HaVpn(NAME, HaVpnArgs(ground=_base(ground, plan, network, store)), ground.where)
        made: HaVpn | WireGuard = vpn
        documents: Mapping[str, Output[str]] = {}
    else:
        tunnels = WireGuard(NAME, _wireguard(ground, plan, network, store), ground.where)
        made, documents = tunnels, {site: tunnels.document(site) for site in plan.sites}
    alerts = AlertsArgs(
        project=ground.project,
        mail=ground.settings.hospital.on_call,
        events=IPSEC_EVENTS if link.backend is Backend.IPSEC else EVENTS,
        labels=ground.settings.labels,
    )
    Alerts("link-alerts", alerts, ground.where)
    return LinkSide(
        endpoints=made.endpoints,
        public_keys=made.public_keys,
        sites=made.sites,
        plan=plan,
        documents=documents,
    )


def plan_of(ground: Ground, link: Link) -> LinkPlan:
    """Addresses, ports and ranges of the link."""
    ranges = ground.cloud.network
    return LinkPlan(
        cloud=[ranges.nodes, ranges.gateways, ranges.pods, ranges.services],
        private_services=ranges.private_services,
        gateways=ranges.gateways,
        port=link.port,
        generations=link.generations,
        sites={site.name: _site(ground.settings, site) for site in ground.settings.sites},
    )


def _site(settings: Settings, site: Site) -> SitePlan:
    block = block_of(settings.tunnels, site.number) if settings.tunnels else None
    if block is None:
        raise ValueError(f"site {site.name} has no tunnel addresses")  # the settings have refused it before
    return SitePlan(
        number=site.number,
        public_address=site.public_address,
        ranges=[site.lan, site.pods, site.services],
        block=block,
    )


def _base(ground: Ground, plan: LinkPlan, network: CloudNetwork, store: Store) -> LinkGround:
    return LinkGround(
        project=ground.project,
        region=ground.cloud.region,
        network=network.id,
        plan=plan,
        vault=Vault(
            keys={ground.cloud.region: store.keys[use.SECRETS]},
            topic=store.topic,
            rotation=rotation_of(ground),
            protect=ground.care.protect,
        ),
        readers=store.readers,
        after=[network.firewall, network.names],
        labels=ground.settings.labels,
    )


def _wireguard(ground: Ground, plan: LinkPlan, network: CloudNetwork, store: Store) -> WireGuardArgs:
    return WireGuardArgs(
        ground=_base(ground, plan, network, store),
        policy=network.firewall.policy,
        subnetwork=network.subnets["gateways"],
        zones=dict(zip(GATEWAYS, zones(ground.cloud.region), strict=True)),
        machine_type=ground.care.gateway_machine,
        disk_key=store.keys[use.GATEWAY_DISKS],
    )
