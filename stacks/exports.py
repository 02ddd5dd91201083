"""What a stack tells the outside, and the only ``pulumi.export``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Self

import pulumi
from pulumi import Output

from settings import Settings
from settings.places import country

if TYPE_CHECKING:
    from stacks.cloud import CloudSide
    from stacks.platform import Platform
    from stacks.stores import Store


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
    site_identities: Mapping[str, Output[str]] | None = None
    data_map: Sequence[Mapping[str, str]] | None = None
    """What kind of data lies where, and in which country: what LGPD art. 37 asks to be kept."""
    namespaces: Mapping[str, Output[str]] | None = None

    @classmethod
    def of(cls, settings: Settings, cloud: "CloudSide | None", platform: "Platform | None") -> Self:
        """The outputs of whatever sides the environment has."""
        return cls(
            environment=settings.environment.value,
            region=settings.cloud.region if settings.cloud else None,
            network=cloud.network.id if cloud else None,
            subnets=cloud.network.subnets if cloud else None,
            egress_addresses=cloud.network.egress if cloud else None,
            buckets=cloud.stores.buckets if cloud else None,
            site_identities=(cloud.identities or None) if cloud else None,
            data_map=_data_map(cloud.stores.plan) if cloud else None,
            namespaces=platform.namespaces if platform else None,
        )


def publish(exports: Exports) -> None:
    """Make every output that there is an output of the stack."""
    for each in fields(exports):
        value = getattr(exports, each.name)
        if value is not None:
            pulumi.export(each.name, value)


def _data_map(stores: "Mapping[str, Store]") -> Sequence[Mapping[str, str]]:
    return [
        {
            "store": use,
            "classification": store.classification.value,
            "location": store.location,
            "country": country(store.location) or "",
        }
        for use, store in stores.items()
    ]
