"""The Google Cloud side of staging and prod."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pulumi import Output, ResourceOptions

from components.cloud.cluster.autopilot import Autopilot
from components.cloud.cluster.backup import ClusterBackup
from components.cloud.database.cloudsql import CloudSql
from components.cloud.project import Api, ProjectServices, ProjectServicesArgs
from components.cloud.storage.registry import Registry
from settings import Cloud, Settings
from stacks import cluster, database, images, notices, secrets, stores, watch
from stacks import keys as use
from stacks.ground import Ground
from stacks.holding import Holding
from stacks.identities import Identities, build_identities
from stacks.link import LinkSide, Store, build_link
from stacks.network import CloudNetwork, build_network
from stacks.notices import Notices


@dataclass(frozen=True, kw_only=True, slots=True)
class CloudSide:
    """What the rest of the platform may use of Google Cloud."""

    ground: Ground
    network: CloudNetwork
    identities: Identities
    notices: Notices
    buckets: Mapping[str, Output[str]]
    """Names by use."""
    registry: Registry
    cluster: Autopilot
    backup: ClusterBackup
    database: CloudSql
    secrets: Mapping[str, Output[str]]
    """Full names by name."""
    link: LinkSide | None
    keys: Mapping[str, Output[str]]
    """Of encryption, by use."""
    holdings: Sequence[Holding]
    """The cloud's part of the data map."""


def build_cloud(settings: Settings, cloud: Cloud, where: ResourceOptions) -> CloudSide:
    """The cloud side, in the project that ``where`` names as its provider."""
    ground = _ground(settings, cloud, where)
    shelves = stores.plan(cloud, ground.care)
    keys = use.build_keys(ground, shelves)
    network = build_network(ground)
    identities = build_identities(ground)
    topics = notices.build_notices(ground, keys[use.NOTICES])
    buckets = stores.build_stores(ground, shelves, keys, identities.sites)
    watch.build_watch(ground, keys, buckets)
    autopilot = cluster.build_cluster(ground, network, keys, topics.cluster)
    return CloudSide(
        ground=ground,
        network=network,
        identities=identities,
        notices=topics,
        buckets=buckets,
        registry=images.build_registry(ground, keys[use.REGISTRY], autopilot.nodes),
        cluster=autopilot,
        backup=cluster.build_backup(ground, autopilot, keys),
        database=database.build_database(ground, network, keys, identities),
        secrets=secrets.build_secrets(ground, keys[use.SECRETS], topics.rotation, identities),
        link=_link(ground, network, keys, identities, topics),
        keys=keys,
        holdings=[*_holdings(ground, shelves)],
    )


def _holdings(ground: Ground, shelves: Mapping[str, stores.Store]) -> Iterator[Holding]:
    """Everything in which data lies."""
    yield from stores.holdings(shelves)
    for part in (cluster, database, secrets, watch, notices, images):
        yield from part.holdings(ground)


def _ground(settings: Settings, cloud: Cloud, where: ResourceOptions) -> Ground:
    args = ProjectServicesArgs(project=cloud.project, number=cloud.project_number, apis=[*Api])
    services = ProjectServices("apis", args, where)
    return Ground(settings=settings, cloud=cloud, project=services.project, where=where)


def _link(
    ground: Ground,
    network: CloudNetwork,
    keys: Mapping[str, Output[str]],
    identities: Identities,
    notices: Notices,
) -> LinkSide | None:
    """The link, where there is a hospital to be reached."""
    link = ground.settings.link
    if link is None:
        return None
    store = Store(keys=keys, topic=notices.rotation, readers=identities.sites)
    return build_link(ground, link, network, store)
