"""What a Vault server is told about itself, as JSON, which Vault takes in place of HCL."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

NAME: Final = "vault"
"""Of the release, and so of the pods, the Services and the service account."""

PORT: Final = 8200
CLUSTER_PORT: Final = 8201
METRICS_PORT: Final = 8203
"""The chart keeps 8202 for itself."""

TLS: Final = "/vault/tls"
AUTHORITY: Final = f"{TLS}/ca.crt"
DATA: Final = "/vault/data"

LEASE: Final = "1h"
"""For what says nothing else."""
LONGEST_LEASE: Final = "24h"

SEAL_KEY: Final = ("projects", "locations", "keyRings", "cryptoKeys")


def peers(replicas: int) -> Sequence[str]:
    """The servers' names inside their namespace."""
    return [f"{NAME}-{number}.{NAME}-internal" for number in range(replicas)]


def config(replicas: int, seal_key: str | None) -> str:
    """The whole configuration."""
    told = {
        "ui": False,
        "disable_mlock": True,  # raft maps its file into memory; the nodes have no swap
        "default_lease_ttl": LEASE,
        "max_lease_ttl": LONGEST_LEASE,
        "listener": [{"tcp": _listener(PORT)}, {"tcp": _metrics()}],
        "storage": {"raft": {"path": DATA, "retry_join": [_join(peer) for peer in peers(replicas)]}},
        "service_registration": {"kubernetes": {}},
        "telemetry": {"disable_hostname": True, "prometheus_retention_time": "5m"},
        **({"seal": {"gcpckms": _seal(seal_key)}} if seal_key else {}),
    }
    return json.dumps(told, indent=1, sort_keys=True) + "\n"


def _listener(port: int) -> Mapping[str, Any]:
    return {
        "address": f"0.0.0.0:{port}",
        "cluster_address": f"0.0.0.0:{CLUSTER_PORT}",
        "tls_cert_file": f"{TLS}/tls.crt",
        "tls_key_file": f"{TLS}/tls.key",
        "tls_min_version": "tls13",
    }


def _metrics() -> Mapping[str, Any]:
    """A port of its own, which network policies open to Prometheus alone: there it needs no token.

    Metrics name engines and count requests; no secret is in them.
    """
    return {
        **_listener(METRICS_PORT),
        "cluster_address": f"0.0.0.0:{METRICS_PORT + 1}",
        "telemetry": {"unauthenticated_metrics_access": True},
    }


def _join(peer: str) -> Mapping[str, str]:
    return {"leader_api_addr": f"https://{peer}:{PORT}", "leader_ca_cert_file": AUTHORITY}


def _seal(key: str) -> Mapping[str, str]:
    """The parts of a key's id, which ``check_seal`` has read where it was known beforehand."""
    return dict(zip(("project", "region", "key_ring", "crypto_key"), key.split("/")[1::2], strict=False))


def check_seal(key: str) -> None:
    """Raise ``ValueError`` for what is not the id of a key."""
    parts = key.split("/")
    if tuple(parts[::2]) != SEAL_KEY or not all(parts[1::2]) or len(parts) != 2 * len(SEAL_KEY):
        raise ValueError(
            f"seal key {key!r}: write the id of a key of Cloud KMS, "
            "projects/<project>/locations/<region>/keyRings/<ring>/cryptoKeys/<key>"
        )
