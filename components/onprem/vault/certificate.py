"""The servers' certificate."""

from collections.abc import Mapping
from typing import Any, Final

from pulumi import Input, Output, ResourceOptions
from pulumi_kubernetes.apiextensions import CustomResource

from components.onprem.vault.server import NAME, peers
from components.onprem.vault.values import CERTIFICATE

DURATION: Final = "2160h0m0s"
"""Ninety days."""
RENEWED: Final = "720h0m0s"
"""Thirty days before the end; the keeper has Vault read it within two minutes."""

ENDS: Final = (".svc", ".svc.cluster.local")

SERVICES: Final = (NAME, f"{NAME}-active", f"{NAME}-standby")


def certificate(
    name: str, namespace: Input[str], replicas: int, issuer: Input[str], opts: ResourceOptions
) -> CustomResource:
    """For every name that a server has, and for who speaks with it in its own pod or through a tunnel."""
    return CustomResource(
        name,
        api_version="cert-manager.io/v1",
        kind="Certificate",
        metadata={"name": CERTIFICATE, "namespace": namespace},
        spec=_spec(namespace, replicas, issuer),
        opts=opts,
    )


def _spec(namespace: Input[str], replicas: int, issuer: Input[str]) -> Mapping[str, Any]:
    short = [*SERVICES, *peers(replicas)]
    names = [
        *short,
        *(Output.concat(each, ".", namespace, end) for each in short for end in ENDS),
    ]
    return {
        "secretName": CERTIFICATE,
        "commonName": NAME,
        "dnsNames": [*names, "localhost"],
        "ipAddresses": ["127.0.0.1"],
        "duration": DURATION,
        "renewBefore": RENEWED,
        "privateKey": {"algorithm": "ECDSA", "size": 384, "rotationPolicy": "Always"},
        "usages": ["digital signature", "server auth"],
        "issuerRef": {"group": "cert-manager.io", "kind": "ClusterIssuer", "name": issuer},
    }
