"""The link by IPsec, for hospitals whose firewall speaks nothing else or that need validated cryptography."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import Final

from pulumi import Output, ResourceOptions
from pulumi_gcp import compute

from components.base import Component, after
from components.cloud.project import Api
from components.link.join import Ground, Told, keep
from components.link.plan import GATEWAYS
from components.link.seeds import Seeds, SeedsArgs
from components.link.x25519 import preshared_key

CLOUD_ASN: Final = 64512
"""The cloud's number in BGP; private, as are the sites' (RFC 6996)."""

SITE_ASN: Final = 4_200_000_000
"""Plus the site's number."""

BGP_RANGE: Final = IPv4Address("169.254.4.0")
"""Where the ends of BGP sessions get their addresses: Cloud VPN takes link-local ones only, a /30 each."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HaVpnArgs:
    """Where it stands."""

    ground: Ground


class HaVpn(Component, token="link:HaVpn"):
    """Two IPsec tunnels (IKEv2) from every site to Google's own gateway, which tells the ways by BGP.

    In place of machines of ours: Google keeps the gateway up. The hospital's firewall is set up by hand, with
    what stands in the site's secret. While two generations of keys work, the first tunnel has the new one and
    the second the old one.
    """

    endpoints: Mapping[str, Output[str]]
    """The public addresses of both ends of the gateway."""
    public_keys: Mapping[str, Mapping[str, Output[str]]]
    """None: IPsec's keys here are shared ones."""
    sites: Mapping[str, Output[str]]
    """By site: the name of the secret that tells what its firewall needs, known once both tunnels stand."""

    def __init__(self, name: str, args: HaVpnArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        ground = args.ground
        seeds = Seeds(
            name,
            SeedsArgs(
                parties=[f"site-{site}" for site in ground.plan.sites], generations=ground.plan.generations
            ),
            self.child(),
        )
        gateway = compute.HaVpnGateway(
            name,
            project=ground.project.on(Api.COMPUTE),
            region=ground.region,
            network=ground.network,
            stack_type="IPV4_ONLY",
            labels=ground.labels,
            opts=self.child(),
        )
        router = self._router(name, ground)
        self.endpoints = {key: _address(gateway, index) for index, key in enumerate(GATEWAYS)}
        self.public_keys = {}
        self.sites = {
            site: self._site(f"{name}-{site}", site, ground, (gateway, router, seeds))
            for site in ground.plan.sites
        }
        self.seal()

    def _router(self, name: str, ground: Ground) -> compute.Router:
        return compute.Router(
            name,
            project=ground.project.on(Api.COMPUTE),
            region=ground.region,
            network=ground.network,
            bgp={
                "asn": CLOUD_ASN,
                "advertise_mode": "CUSTOM",
                "advertised_ip_ranges": [{"range": str(each)} for each in ground.plan.reached],
            },
            opts=self.child(),
        )

    def _site(
        self, name: str, site: str, ground: Ground, near: tuple[compute.HaVpnGateway, compute.Router, Seeds]
    ) -> Output[str]:
        gateway, router, seeds = near
        plan = ground.plan.sites[site]
        far = compute.ExternalVpnGateway(
            name,
            project=ground.project.on(Api.COMPUTE),
            redundancy_type="SINGLE_IP_INTERNALLY_REDUNDANT",
            interfaces=[{"id": 0, "ip_address": str(plan.public_address)}],
            labels=ground.labels,
            opts=self.child(),
        )
        shared = {
            key: _shared(seeds.seeds[f"site-{site}"][str(generation)], key)
            for key, generation in _taken(ground.plan.generations).items()
        }
        peers = [
            self._tunnel(f"{name}-{key}", ground, (gateway, router, far), Ends(key, plan.number, shared[key]))
            for key in GATEWAYS
        ]
        value = Output.json_dumps(_told(plan.number, shared, self.endpoints))
        of = (ground.plan.generations, ground.plan.reached, plan)
        told = Told(value=value, of=of, reader=ground.readers[site])
        secret, version = keep(f"{name}-site", self, ground, told)
        return after(secret.name, version.version, *(peer.id for peer in peers))

    def _tunnel(
        self,
        name: str,
        ground: Ground,
        between: tuple[compute.HaVpnGateway, compute.Router, compute.ExternalVpnGateway],
        ends: "Ends",
    ) -> compute.RouterPeer:
        gateway, router, far = between
        project, region = ground.project.on(Api.COMPUTE), ground.region
        tunnel = compute.VPNTunnel(
            name,
            project=project,
            region=region,
            vpn_gateway=gateway.id,
            vpn_gateway_interface=GATEWAYS.index(ends.key),
            peer_external_gateway=far.id,
            peer_external_gateway_interface=0,
            router=router.id,
            ike_version=2,
            shared_secret=ends.shared,
            labels=ground.labels,
            opts=self.child(delete_before_replace=True),  # one tunnel between the same two interfaces
        )
        return self._session(name, ground, (router, tunnel), ends)

    def _session(
        self,
        name: str,
        ground: Ground,
        through: tuple[compute.Router, compute.VPNTunnel],
        ends: "Ends",
    ) -> compute.RouterPeer:
        """The BGP session through a tunnel."""
        router, tunnel = through
        project, region = ground.project.on(Api.COMPUTE), ground.region
        interface = compute.RouterInterface(
            name,
            project=project,
            region=region,
            router=router.name,
            name=name,
            ip_range=f"{ends.near}/30",
            vpn_tunnel=tunnel.name,
            opts=self.child(delete_before_replace=True),
        )
        return compute.RouterPeer(
            name,
            project=project,
            region=region,
            router=router.name,
            name=name,
            interface=interface.name,
            peer_ip_address=str(ends.far),
            peer_asn=SITE_ASN + ends.number,
            advertised_route_priority=100 * (1 + GATEWAYS.index(ends.key)),  # the first is preferred
            opts=self.child(delete_before_replace=True),
        )


@dataclass(frozen=True, slots=True)
class Ends:
    """One tunnel's own."""

    key: str
    number: int
    """The site's."""
    shared: Output[str]

    @property
    def near(self) -> IPv4Address:
        """The cloud's end of the BGP session."""
        return BGP_RANGE + 4 * (len(GATEWAYS) * (self.number - 1) + GATEWAYS.index(self.key)) + 1

    @property
    def far(self) -> IPv4Address:
        """The site's end."""
        return self.near + 1


def _address(gateway: compute.HaVpnGateway, index: int) -> Output[str]:
    """The public address of one end; Google gives both with the gateway."""
    return gateway.vpn_interfaces.apply(
        lambda ends: next((end.ip_address or "" for end in ends if end.id == index), "")
    )


def _taken(generations: Sequence[int]) -> Mapping[str, int]:
    """Which generation each tunnel has: the first the newest, the second the oldest that works."""
    return dict(zip(GATEWAYS, (generations[-1], generations[0]), strict=True))


def _shared(seed: Output[str], key: str) -> Output[str]:
    return Output.secret(seed.apply(lambda known: preshared_key(known, f"ipsec {key}")))


def _told(
    number: int, shared: Mapping[str, Output[str]], endpoints: Mapping[str, Output[str]]
) -> Mapping[str, object]:
    """What a firewall needs to know."""
    ends = {key: Ends(key, number, shared[key]) for key in GATEWAYS}
    return {
        "ike": 2,
        "cloud_asn": CLOUD_ASN,
        "own_asn": SITE_ASN + number,
        "tunnels": {
            key: {
                "peer": endpoints[key],
                "shared": shared[key],
                "cloud_bgp": str(end.near),
                "own_bgp": str(end.far),
            }
            for key, end in ends.items()
        },
    }
