"""What a stack tells the outside, and the only ``pulumi.export``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self

import pulumi
from pulumi import Output

from settings import Settings
from settings.places import country

if TYPE_CHECKING:
    from stacks.cloud import CloudSide
    from stacks.holding import Holding
    from stacks.platform import Platform


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
    residency: Sequence[str] | None = None
    """The countries in which data may lie, by their two letters; rules hold the data map against them."""
    data_map: Sequence[Mapping[str, str]] | None = None
    """What kind of data lies where, and in which country: what LGPD art. 37 asks to be kept."""
    namespaces: Mapping[str, Output[str]] | None = None

    @classmethod
    def of(cls, settings: Settings, cloud: "CloudSide | None", platform: "Platform | None") -> Self:
        """The outputs of whatever sides the environment has."""
        return cls(
            environment=settings.environment.value,
            **(_of_cloud(cloud) if cloud else {}),
            namespaces=platform.namespaces if platform else None,
        )


def publish(exports: Exports) -> None:
    """Make every output that there is an output of the stack."""
    for each in fields(exports):
        value = getattr(exports, each.name)
        if value is not None:
            pulumi.export(each.name, value)


def _of_cloud(cloud: "CloudSide") -> Mapping[str, Any]:
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
        "residency": [*cloud.ground.cloud.residency],
        "data_map": [*map(_line, cloud.holdings)],
    }


def _line(holding: "Holding") -> Mapping[str, str]:
    return {
        "store": holding.store,
        "classification": holding.classification.value,
        "location": holding.location,
        "country": country(holding.location) or "",
    }
