"""Who speaks with Vault, and with whom it speaks."""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network
from typing import Final

from components.onprem.vault.server import CLUSTER_PORT, METRICS_PORT, PORT
from components.onprem.vault.services import Service
from components.onprem.vault.values import SERVER
from components.platform.traffic import Allowance, Flow, Peer, api_server

JOBS: Final[Mapping[str, str]] = {"app.kubernetes.io/name": "vault-jobs"}
"""Labels of the pods that configure Vault and copy it."""

GOOGLE_PORT: Final = 443
DATABASE_PORT: Final = 5432

DATABASES: Final = "data"
"""The namespace of the local PostgreSQL, in which Vault makes accounts."""

SERVERS: Final = Peer(pods=SERVER)


def allowances(
    services: Sequence[Service],
    *,
    servers: Sequence[IPv4Network],
    monitoring: str,
    google: Sequence[IPv4Network],
) -> Mapping[str, Allowance]:
    """What the namespace's policies let through."""
    asked = [
        Peer(pods=JOBS),
        *(Peer(namespace=name) for name in sorted({each.namespace for each in services})),
    ]
    databases = any(path.startswith("database/") for each in services for path in each.paths)
    return {
        "servers": Allowance(
            pods=SERVER,
            receives=[
                Flow(peers=asked, ports=[PORT]),
                Flow(peers=[SERVERS], ports=[PORT, CLUSTER_PORT]),
                Flow(peers=[Peer(namespace=monitoring)], ports=[METRICS_PORT]),
            ],
            sends=[
                Flow(peers=[SERVERS], ports=[PORT, CLUSTER_PORT]),
                api_server(servers),
                *([Flow(peers=[Peer(namespace=DATABASES)], ports=[DATABASE_PORT])] if databases else []),
                *(
                    [Flow(peers=[Peer(addresses=each) for each in google], ports=[GOOGLE_PORT])]
                    if google
                    else []
                ),
            ],
        ),
        "jobs": Allowance(pods=JOBS, sends=[Flow(peers=[SERVERS], ports=[PORT])]),
    }
