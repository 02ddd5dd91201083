"""TLS between Longhorn's managers and what they manage, and who may send to whom."""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network
from typing import Any, Final

from pulumi_kubernetes.networking import v1 as networking

from components.onprem.longhorn.backups import Backups
from components.onprem.longhorn.encryption import NAMESPACE
from components.platform.traffic import Allowance, Flow, Peer, api_server

SECRET: Final = "longhorn-grpc-tls"  # noqa: S105 -- a Secret's name
"""Longhorn looks for it when its parts start, and speaks in clear when it is not there."""

SERVICES: Final = ("backend", "frontend", "engine-manager", "replica-manager", "csi")

CERTIFICATE: Final[Mapping[str, Any]] = {
    "secretName": SECRET,
    "commonName": "longhorn-backend",
    "dnsNames": [
        f"longhorn-{service}{suffix}"
        for service in SERVICES
        for suffix in ("", f".{NAMESPACE}", f".{NAMESPACE}.svc")
    ],
    "ipAddresses": ["127.0.0.1"],
    "usages": ["digital signature", "server auth", "client auth"],
    "privateKey": {"algorithm": "ECDSA", "size": 384, "rotationPolicy": "Always"},
    "duration": "43800h0m0s",
    "renewBefore": "26280h0m0s",
}
"""Five years, renewed after two. An instance manager reads it once, when it starts (longhorn-instance-manager
app/cmd/start.go), and one whose certificate has run out obeys nobody; this way each has three years from any
restart, and a node is restarted for its kernel more often than that. Old and new trust the same authority."""


def allowances(target: Backups | None, servers: Sequence[IPv4Network]) -> Mapping[str, Allowance]:
    """Beyond what the chart's own policies let in, and beside ``INSIDE``."""
    api = {"api": Allowance(sends=[api_server(servers)])}
    if target is None:
        return api
    bucket = Flow(peers=[Peer(addresses=each) for each in target.addresses], ports=[443])
    return {
        **api,
        "backup-managers": Allowance(pods={"app": "longhorn-manager"}, sends=[bucket]),
        "backup-engines": Allowance(pods={"longhorn.io/component": "instance-manager"}, sends=[bucket]),
    }


INSIDE: Final[networking.NetworkPolicySpecArgsDict] = {
    "pod_selector": {},
    "policy_types": ["Egress"],
    "egress": [{"to": [{"pod_selector": {}}]}],
}
"""Longhorn's parts may send to each other on any port: copies use ten thousands of them. What each receives,
the chart's own policies say. Nothing comes in from other namespaces; shared volumes (RWX), which nodes would
mount by NFS from here, are therefore not offered."""
