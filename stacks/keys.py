"""The keys of the cloud side: one for each use, in the place where that use has its data."""

from collections.abc import Mapping
from typing import Final

from pulumi import Output

from components.cloud.project import Api
from components.cloud.secrets.keys import Key, Keys, KeysArgs, Protection
from settings import Backend
from stacks.ground import Ground
from stacks.stores import Store

DATABASE: Final = "database"
RECOVERED_DATABASE: Final = "database-recovery"
CLUSTER_SECRETS: Final = "cluster-secrets"
CLUSTER_DISKS: Final = "cluster-disks"
CLUSTER_BACKUPS: Final = "cluster-backups"
REGISTRY: Final = "registry"
SECRETS: Final = "secrets"
NOTICES: Final = "notices"
LOGS: Final = "logs"
GATEWAY_DISKS: Final = "gateway-disks"


def build_keys(ground: Ground, stores: Mapping[str, Store]) -> Mapping[str, Output[str]]:
    """Key ids by use, each known once the service that uses it may."""
    args = KeysArgs(
        project=ground.project,
        keys={**_of_buckets(ground, stores), **_of_services(ground)},
        protection=Protection.HSM if ground.care.hardware_keys else Protection.SOFTWARE,
        labels=ground.settings.labels,
    )
    return Keys("keys", args, ground.guarded).ids


def _of_buckets(ground: Ground, stores: Mapping[str, Store]) -> Mapping[str, Key]:
    agent = ground.project.agent(Api.STORAGE)
    return {use: Key(location=store.location.lower(), agent=agent) for use, store in stores.items()}


def _of_services(ground: Ground) -> Mapping[str, Key]:
    cloud, agent = ground.cloud, ground.project.agent
    here = {
        DATABASE: Api.SQL,
        CLUSTER_SECRETS: Api.CONTAINER,
        CLUSTER_DISKS: Api.COMPUTE,
        REGISTRY: Api.ARTIFACT_REGISTRY,
        SECRETS: Api.SECRETS,
        NOTICES: Api.PUBSUB,
        LOGS: Api.LOGGING,
    }
    keys = {use: Key(location=cloud.region, agent=agent(api)) for use, api in here.items()}
    keys[CLUSTER_BACKUPS] = Key(location=cloud.recovery_location, agent=agent(Api.GKE_BACKUP))
    link = ground.settings.link
    if link and link.backend is Backend.WIREGUARD:
        keys[GATEWAY_DISKS] = Key(location=cloud.region, agent=agent(Api.COMPUTE))
    if cloud.recovery:
        keys[RECOVERED_DATABASE] = Key(location=cloud.recovery, agent=agent(Api.SQL))
    return keys
