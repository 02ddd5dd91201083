"""One instance of every component of the link, for the contract tests."""

from collections.abc import Callable, Mapping

from pulumi import ResourceOptions

from components.base import Component
from components.cloud.network.ranges import PRIVATE_APIS
from components.cloud.project import Api, Project, ProjectServices, ProjectServicesArgs
from components.cloud.secrets.value import SecretValue, SecretValueArgs
from components.link.gateways import Gateways
from components.link.ha_vpn import HaVpn, HaVpnArgs
from components.link.next_hop import NextHop, NextHopArgs
from components.link.passage import Passage, PassageArgs
from components.link.seeds import Seeds, SeedsArgs
from components.link.site_names import SiteNames, SiteNamesArgs
from components.link.wireguard import WireGuard
from tests.components.link import world

SECRET = "projects/example/secrets/one"  # noqa: S105 -- a secret's name


def _project(name: str) -> Project:
    args = ProjectServicesArgs(project="example", number=123456789, apis=[*Api])
    return ProjectServices(f"{name}-apis", args).project


def _secret_value(name: str, opts: ResourceOptions | None) -> Component:
    return SecretValue(name, SecretValueArgs(secret=SECRET, value="hush", edition="1"), opts)


def _seeds(name: str, opts: ResourceOptions | None) -> Component:
    return Seeds(name, SeedsArgs(parties=["a"], generations=[1]), opts)


def _passage(name: str, opts: ResourceOptions | None) -> Component:
    args = PassageArgs(
        project=_project(name),
        policy="guard",
        plan=world.plan("recife"),
        accounts=["a@example.iam.gserviceaccount.com"],
    )
    return Passage(name, args, opts)


def _gateways(name: str, opts: ResourceOptions | None) -> Component:
    project = _project(name)
    secret = SecretValue(f"{name}-apis-x", SecretValueArgs(secret=SECRET, value="hush", edition="1"))
    return Gateways(name, world.gateways(project, secret), opts)


def _next_hop(name: str, opts: ResourceOptions | None) -> Component:
    args = NextHopArgs(
        project=_project(name),
        region=world.REGION,
        network=world.NETWORK,
        subnetwork=world.SUBNET,
        plan=world.plan("recife"),
        groups={"a": "group-a", "b": "group-b"},
    )
    return NextHop(name, args, opts)


def _wireguard(name: str, opts: ResourceOptions | None) -> Component:
    return WireGuard(name, world.wireguard(_project(name), world.plan("recife", "santos")), opts)


def _ha_vpn(name: str, opts: ResourceOptions | None) -> Component:
    return HaVpn(name, HaVpnArgs(ground=world.ground(_project(name), world.plan("recife"))), opts)


def _site_names(name: str, opts: ResourceOptions | None) -> Component:
    return SiteNames(name, SiteNamesArgs(answers={"pkg.dev": [*PRIVATE_APIS]}), opts)


SAMPLES: Mapping[type[Component], Callable[[str, ResourceOptions | None], Component]] = {
    Gateways: _gateways,
    HaVpn: _ha_vpn,
    NextHop: _next_hop,
    Passage: _passage,
    SecretValue: _secret_value,
    Seeds: _seeds,
    SiteNames: _site_names,
    WireGuard: _wireguard,
}
