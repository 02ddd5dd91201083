"""dev: what a hospital's cluster runs, on any cluster that a developer has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pulumi import Output, ResourceOptions

from components.platform.traffic import ANYWHERE, Traffic, TrafficArgs
from settings import Cluster, Settings
from stacks.hospital.addresses import build_addresses
from stacks.hospital.database import build_database
from stacks.hospital.floor import ADDRESSES, OWN, Lot, build_floor
from stacks.hospital.vault import build_vault
from stacks.hospital.volumes import Volumes

NAME: Final = "local"

CARDS: Final = ("eth0",)
"""Of the nodes of local clusters, which are containers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Local:
    """What a developer may know of it."""

    namespaces: Mapping[str, Output[str]]
    authority: Output[str]
    database: Mapping[str, Output[str]]
    vault: Output[str]


def build_local(settings: Settings, cluster: Cluster, where: ResourceOptions) -> Local:
    """The platform on the cluster that ``where`` names: one of everything, nothing of a cloud or a Mac."""
    spaces = {**OWN, **(ADDRESSES if cluster.load_balancers else {})}
    floor = build_floor(
        Lot(
            name=NAME,
            settings=settings,
            where=where,
            servers=(ANYWHERE,),
            callers=(ANYWHERE,),
            namespaces=spaces,
        )
    )
    volumes = Volumes(replicated=cluster.storage_class, single=cluster.storage_class)
    if cluster.load_balancers:
        build_addresses(floor, cluster.load_balancers, CARDS)
    Traffic(f"{NAME}-inference", TrafficArgs(namespace=floor.namespaces["inference"]), where)
    return Local(
        namespaces=floor.namespaces,
        authority=floor.authority.certificate,
        database=build_database(floor, volumes, archive=None, subscribers=None).services,
        vault=build_vault(floor, volumes, seal=None).address,
    )
