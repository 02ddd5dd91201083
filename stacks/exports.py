"""What a stack tells the outside, and the only ``pulumi.export``."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self

import pulumi
from pulumi import Input, Output

from settings import Settings
from settings.places import country

if TYPE_CHECKING:
    from stacks.cloud import CloudSide
    from stacks.holding import Holding
    from stacks.hospital.local import Local
    from stacks.hospital.site import Hospital
    from stacks.link import LinkSide


@dataclass(frozen=True, kw_only=True, slots=True)
class Exports:
    """The stack's outputs, by name. One that an environment does not have is left out."""

    environment: str
    region: str | None = None
    network: Output[str] | None = None
    subnets: Mapping[str, Output[str]] | None = None
    egress_addresses: Mapping[str, Output[str]] | None = None
    """Fixed addresses that partners can allow-list."""
    buckets: Mapping[str, Output[str]] | None = None
    cluster: Output[str] | None = None
    """The cluster's id."""
    kubeconfig: Output[str] | None = None
    """Secret, though it holds neither key nor token: it tells where the control plane is."""
    registry: Output[str] | None = None
    """What the names of our own images begin with."""
    database: Output[str] | None = None
    """``project:region:instance``, what Cloud SQL's connectors take."""
    database_replicas: Mapping[str, Output[str]] | None = None
    """Likewise, by region."""
    secrets: Mapping[str, Output[str]] | None = None
    site_identities: Mapping[str, Output[str]] | None = None
    link_endpoints: Mapping[str, Output[str]] | None = None
    """The public addresses of both gateways: what a hospital's own firewall must let out to."""
    link_keys: Mapping[str, Mapping[str, Output[str]]] | None = None
    """The gateways' public keys, by gateway and generation."""
    link_sites: Mapping[str, Output[str]] | None = None
    """Full names of the secrets that hold what each site's gateway must be told."""
    residency: Sequence[str] | None = None
    """The countries in which data may lie, by their two letters; rules hold the data map against them."""
    data_map: Sequence[Mapping[str, str]] | None = None
    """What kind of data lies where, and in which country: what LGPD art. 37 asks to be kept."""
    hospitals: Mapping[str, Mapping[str, Input[Any]]] | None = None
    """By site: what people need who work there."""
    cluster_kubeconfigs: Mapping[str, Output[str]] | None = None
    """By site, secret: its administrator's."""
    local: Mapping[str, Input[Any]] | None = None
    """The same of dev's cluster."""

    @classmethod
    def of(
        cls,
        settings: Settings,
        cloud: "CloudSide | None",
        hospitals: Mapping[str, "Hospital"],
        local: "Local | None",
    ) -> Self:
        """The outputs of whatever sides the environment has."""
        return cls(
            environment=settings.environment.value,
            **(_of_cloud(cloud, settings) if cloud else {}),
            hospitals={name: _of_hospital(each) for name, each in hospitals.items()} or None,
            cluster_kubeconfigs={name: each.kubeconfig for name, each in hospitals.items()} or None,
            local=_of_local(local) if local else None,
        )


def publish(exports: Exports) -> None:
    """Make every output that there is an output of the stack."""
    for each in fields(exports):
        value = getattr(exports, each.name)
        if value is not None:
            pulumi.export(each.name, value)


def _of_cloud(cloud: "CloudSide", settings: Settings) -> Mapping[str, Any]:
    return {
        "region": cloud.ground.cloud.region,
        "network": cloud.network.id,
        "subnets": cloud.network.subnets,
        "egress_addresses": cloud.network.egress,
        "buckets": cloud.buckets,
        "cluster": cloud.cluster.id,
        "kubeconfig": cloud.cluster.kubeconfig,
        "registry": cloud.registry.address,
        "database": cloud.database.connection_name,
        "database_replicas": cloud.database.replicas or None,
        "secrets": cloud.secrets,
        "site_identities": cloud.identities.sites or None,
        **(_of_link(cloud.link) if cloud.link else {}),
        "residency": [*cloud.ground.cloud.residency],
        "data_map": [*map(_line, [*cloud.holdings, *_at_hospitals(cloud, settings)])],
    }


def _of_link(link: "LinkSide") -> Mapping[str, Any]:
    return {
        "link_endpoints": link.endpoints,
        "link_keys": link.public_keys or None,
        "link_sites": link.sites,
    }


def _line(holding: "Holding") -> Mapping[str, str]:
    return {
        "store": holding.store,
        "classification": holding.classification.value,
        "location": holding.location,
        "country": holding.land or country(holding.location) or "",
    }


def _at_hospitals(cloud: "CloudSide", settings: Settings) -> "Iterator[Holding]":
    if any(site.hosts for site in settings.sites):
        from stacks.hospital.site import holdings  # noqa: PLC0415 -- staging must not pay for it

        for site in settings.sites:
            if site.hosts:
                yield from holdings(cloud.ground, site)


def _of_hospital(hospital: "Hospital") -> Mapping[str, Input[Any]]:
    return {
        "k3s": hospital.version,
        "highly_available": hospital.highly_available,
        "authority": hospital.authority,
        "database": hospital.database,
        "vault": hospital.vault,
        **({"inference": hospital.inference} if hospital.inference is not None else {}),
        "namespaces": hospital.namespaces,
    }


def _of_local(local: "Local") -> Mapping[str, Input[Any]]:
    return {
        "authority": local.authority,
        "database": local.database,
        "vault": local.vault,
        "namespaces": local.namespaces,
    }
