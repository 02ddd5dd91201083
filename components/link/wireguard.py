"""The link by WireGuard, as the cloud side builds it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import compute

from components.base import Component, after
from components.cloud.access.identity import Identity, IdentityArgs
from components.cloud.project import Api
from components.link.cloud_config import cloud_config
from components.link.documents import Secrets, gateway_document, site_document
from components.link.gateway_files import STARTS, gateway_files
from components.link.gateways import Gateways, GatewaysArgs, Machine
from components.link.join import Ground, Told, keep
from components.link.next_hop import NextHop, NextHopArgs
from components.link.passage import Passage, PassageArgs
from components.link.plan import GATEWAYS, LinkPlan
from components.link.seeds import Seeds, SeedsArgs


@dataclass(frozen=True, kw_only=True, slots=True)
class WireGuardArgs:
    """Where it stands, and its machines."""

    ground: Ground
    policy: Input[str]
    """The name of the network's firewall policy (``Firewall.policy``)."""
    subnetwork: Input[str]
    """The gateways' own."""
    zones: Mapping[str, str]
    """By gateway."""
    machine_type: str
    disk_key: Input[str]


class WireGuard(Component, token="link:WireGuard"):
    """Tunnels from every site to two gateways in two zones; sites reach the cloud, and never each other.

    Keys are made here, and reach a machine through its own secret alone: nothing in a machine's metadata,
    its programs or its logs is secret. WireGuard's cryptography is not validated for FIPS: whatever carries
    patient data goes through the tunnels inside TLS, and a rule of the policies looks for that.
    """

    endpoints: Mapping[str, Output[str]]
    """The gateways' public addresses."""
    public_keys: Mapping[str, Mapping[str, Output[str]]]
    """By gateway and generation."""
    sites: Mapping[str, Output[str]]
    """By site: the full name of the secret that holds its document, known once the cloud side is ready."""

    def __init__(self, name: str, args: WireGuardArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        ground = args.ground
        public = {key: self._public(f"{name}-{key}", ground) for key in GATEWAYS}
        seeds = Seeds(
            name,
            SeedsArgs(parties=[*_parties(ground)], generations=ground.plan.generations),
            self.child(),
        )
        gateways = self._gateways(name, args, public, _secrets(seeds, ground.plan.sites))
        hop = NextHop(
            name,
            NextHopArgs(
                project=ground.project,
                region=ground.region,
                network=ground.network,
                subnetwork=args.subnetwork,
                plan=ground.plan,
                groups=gateways.groups,
                labels=ground.labels,
            ),
            self.child(),
        )
        self.endpoints = {key: address.address for key, address in public.items()}
        self.public_keys = {key: seeds.public_keys[_gateway(key)] for key in GATEWAYS}
        self._documents = {
            site: _document(ground.plan, site, _secrets(seeds, [site]), public) for site in ground.plan.sites
        }
        self.sites = {
            site: after(self._site(name, site, ground), *hop.routes[site].values())
            for site in ground.plan.sites
        }
        self.seal()

    def _public(self, name: str, ground: Ground) -> compute.Address:
        return compute.Address(
            f"{name}-public",
            project=ground.project.on(Api.COMPUTE),
            region=ground.region,
            address_type="EXTERNAL",
            labels=ground.labels,
            opts=self.child(),
        )

    def _gateways(
        self,
        name: str,
        args: WireGuardArgs,
        public: Mapping[str, compute.Address],
        secrets: Output[Secrets],
    ) -> Gateways:
        ground = args.ground
        accounts = {key: self._account(f"{name}-{key}", key, ground) for key in GATEWAYS}
        passage = Passage(
            name,
            PassageArgs(
                project=ground.project,
                policy=args.policy,
                plan=ground.plan,
                accounts=[accounts[key].email for key in GATEWAYS],
            ),
            self.child(),
        )
        machines = {
            key: self._machine(f"{name}-{key}", args, accounts[key], public[key], secrets) for key in GATEWAYS
        }
        return Gateways(
            name,
            GatewaysArgs(
                project=ground.project,
                subnetwork=args.subnetwork,
                key=args.disk_key,
                machine_type=args.machine_type,
                machines=machines,
                after=[passage, *ground.after],
                labels=ground.labels,
            ),
            self.child(),
        )

    def _account(self, name: str, key: str, ground: Ground) -> Identity:
        args = IdentityArgs(
            project=ground.project,
            account_id=f"{name}-gateway",
            display_name=f"VPN gateway {key}",
            roles=["roles/logging.logWriter"],
        )
        return Identity(f"{name}-gateway", args, self.child())

    def _machine(
        self,
        name: str,
        args: WireGuardArgs,
        account: Identity,
        public: compute.Address,
        secrets: Output[Secrets],
    ) -> Machine:
        ground, plan = args.ground, args.ground.plan
        key = name.rpartition("-")[2]
        internal = compute.Address(
            f"{name}-internal",
            project=ground.project.on(Api.COMPUTE),
            region=ground.region,
            address_type="INTERNAL",
            purpose="GCE_ENDPOINT",
            subnetwork=args.subnetwork,
            address=str(plan.internal(key)),
            opts=self.child(),
        )
        document = secrets.apply(lambda known: gateway_document(plan, key, known))
        told = Told(value=document, of=(plan, key), reader=account.member)
        _, value = keep(f"{name}-keys", self, ground, told)
        files = gateway_files(plan, key, project=ground.project.id, secret=f"{name}-keys")
        return Machine(
            zone=args.zones[key],
            account=account.email,
            internal=internal.address,
            public=public.address,
            start=cloud_config(files, STARTS),
            secret=value,
        )

    def document(self, site: str) -> Output[str]:
        """What the site's machine must be told, secret: for whoever sets that machine up."""
        return self._documents[site]

    def _site(self, name: str, site: str, ground: Ground) -> Output[str]:
        plan = ground.plan
        of = (replace(plan, sites={site: plan.sites[site]}), site)
        told = Told(value=self._documents[site], of=of, reader=ground.readers[site])
        secret, value = keep(f"{name}-site-{site}", self, ground, told)
        return after(secret.name, value.version)


def _document(
    plan: LinkPlan, site: str, secrets: Output[Secrets], public: Mapping[str, compute.Address]
) -> Output[str]:
    addresses = {key: address.address for key, address in public.items()}
    known = Output.all(secrets, addresses)
    return Output.secret(known.apply(lambda both: site_document(plan, site, both[0], both[1])))


def _gateway(key: str) -> str:
    return f"gateway-{key}"


def _parties(ground: Ground) -> Iterator[str]:
    yield from map(_gateway, GATEWAYS)
    yield from (f"site-{site}" for site in ground.plan.sites)


def _secrets(seeds: Seeds, sites: Collection[str]) -> Output[Secrets]:
    """The seeds of the gateways and of these sites, known together; secret, as each of them is."""
    wanted = {*map(_gateway, GATEWAYS), *(f"site-{site}" for site in sites)}
    return Output.all(**{party: each for party, each in seeds.seeds.items() if party in wanted}).apply(
        lambda known: Secrets(
            gateways={key: _numbered(known[_gateway(key)]) for key in GATEWAYS},
            sites={site: _numbered(known[f"site-{site}"]) for site in sites},
        )
    )


def _numbered(seeds: Mapping[str, str]) -> Mapping[int, str]:
    return {int(generation): seed for generation, seed in seeds.items()}
