"""Who reaches the database, and whom it reaches."""

from collections.abc import Collection, Iterator, Mapping
from ipaddress import IPv4Network
from typing import Final

from components.cloud.network.ranges import PRIVATE_APIS
from components.platform.traffic import Allowance, Flow, Peer, api_server

DATABASE_PORT: Final = 5432
STATUS_PORT: Final = 8000
"""Of the instance manager: the operator asks there, and instances ask each other whether they are alone."""
WEBHOOK_PORT: Final = 9443
PLUGIN_PORT: Final = 9090
HTTPS_PORT: Final = 443

OPERATOR_NAMESPACE: Final = "cnpg-system"
OPERATOR: Final[Mapping[str, str]] = {"app.kubernetes.io/name": "cloudnative-pg"}
PLUGIN: Final[Mapping[str, str]] = {"app.kubernetes.io/name": "plugin-barman-cloud"}


def instances(cluster: str) -> Mapping[str, str]:
    """The labels of a cluster's servers, and of the jobs that make one."""
    return {"cnpg.io/cluster": cluster}


def database(
    cluster: str,
    *,
    clients: Collection[str],
    servers: Collection[IPv4Network],
    replication: IPv4Network | None,
    archived: bool,
) -> Iterator[tuple[str, Allowance]]:
    """The allowances of one cluster, by name."""
    own = instances(cluster)
    both = Flow(peers=[Peer(pods=own)], ports=[DATABASE_PORT, STATUS_PORT])
    operator = Flow(
        peers=[Peer(namespace=OPERATOR_NAMESPACE, pods=OPERATOR)], ports=[STATUS_PORT, DATABASE_PORT]
    )
    yield f"{cluster}-own", Allowance(pods=own, receives=[both, operator], sends=[both])
    yield f"{cluster}-api", Allowance(pods=own, sends=[api_server([*servers])])
    if clients or replication:
        asking = [
            *(Peer(namespace=each) for each in sorted(clients)),
            *([Peer(addresses=replication)] if replication else []),
        ]
        asked = Flow(peers=asking, ports=[DATABASE_PORT])
        yield f"{cluster}-asked", Allowance(pods=own, receives=[asked])
    if archived:
        google = Flow(peers=[Peer(addresses=PRIVATE_APIS)], ports=[HTTPS_PORT])
        yield f"{cluster}-archive", Allowance(pods=own, sends=[google])


def operator(
    servers: Collection[IPv4Network], callers: Collection[IPv4Network], databases: Collection[str]
) -> Mapping[str, Allowance]:
    """The allowances of the operator's namespace; ``databases`` are namespaces with clusters in them."""
    kubernetes = [Peer(addresses=each) for each in callers]
    instances = [Peer(namespace=each) for each in sorted(databases)]
    return {
        "operator": Allowance(
            pods=OPERATOR,
            receives=[Flow(peers=kubernetes, ports=[WEBHOOK_PORT])],
            sends=[
                api_server([*servers]),
                Flow(peers=instances, ports=[STATUS_PORT, DATABASE_PORT]),
                Flow(peers=[Peer(pods=PLUGIN)], ports=[PLUGIN_PORT]),
            ],
        ),
        "plugin": Allowance(
            pods=PLUGIN,
            receives=[Flow(peers=[Peer(pods=OPERATOR)], ports=[PLUGIN_PORT])],
            sends=[api_server([*servers])],
        ),
    }
