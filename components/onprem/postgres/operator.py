"""What runs PostgreSQL clusters: CloudNativePG, and its plugin that archives them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Any, Final

from pulumi import Input, Output, ResourceOptions

from components.base import Component, after
from components.onprem.postgres import traffic
from components.platform.charts import release
from components.platform.traffic import ANYWHERE, Traffic, TrafficArgs

OPERATOR_LIMITS: Final[Mapping[str, str]] = {"cpu": "500m", "memory": "512Mi"}
PLUGIN_LIMITS: Final[Mapping[str, str]] = {"cpu": "200m", "memory": "256Mi"}


@dataclass(frozen=True, kw_only=True, slots=True)
class DatabaseOperatorArgs:
    """Where the operator runs, and for whom."""

    namespace: Input[str]
    """``cnpg-system``, known once it exists; it meets Pod Security's level ``restricted``."""
    certificates: Input[str] | None
    """Known once cert-manager signs, which the archiving plugin needs; without it there are no archives."""
    replicas: int = 2
    """The second one takes over within a lease's fifteen seconds; databases run on without any."""
    databases: Collection[str] = ("data",)
    """Namespaces with clusters in them."""
    servers: Collection[IPv4Network] = (ANYWHERE,)
    """Where Kubernetes' own servers stand."""
    callers: Collection[IPv4Network] = (ANYWHERE,)
    """From where they ask the operator's webhook, as for ``Certificates``: not from where they stand."""

    def __post_init__(self) -> None:
        if self.replicas not in (1, 2):
            raise ValueError(f"{self.replicas} operators: one works, and a second one waits; write 1 or 2")


class DatabaseOperator(Component, token="onprem:DatabaseOperator"):
    """CloudNativePG and, where databases are archived, its Barman Cloud plugin; nothing else reaches them."""

    ready: Output[str]
    """The namespace, known once clusters can be described."""

    def __init__(self, name: str, args: DatabaseOperatorArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        allowances = traffic.operator(args.servers, args.callers, args.databases)
        closed = Traffic(
            name, TrafficArgs(namespace=args.namespace, allowances=allowances), self.child()
        ).closed
        releases = [
            release(
                f"{name}-cloudnative-pg",
                "cloudnative-pg",
                closed,
                {**_spread(args.replicas, traffic.OPERATOR), **OPERATOR_VALUES},
                self.child(),
            )
        ]
        if args.certificates is not None:
            releases.append(
                release(
                    f"{name}-plugin-barman-cloud",
                    "plugin-barman-cloud",
                    after(closed, args.certificates, releases[0].id),  # its cluster role names CNPG's types
                    {**_spread(1, traffic.PLUGIN), **PLUGIN_VALUES},
                    self.child(),
                )
            )
        self.ready = after(args.namespace, *(each.id for each in releases))
        self.seal()


OPERATOR_VALUES: Final[Mapping[str, Any]] = {
    "crds": {"create": True},
    "config": {"clusterWide": True, "data": {"CERTIFICATE_DURATION": "30", "EXPIRING_CHECK_THRESHOLD": "10"}},
    "monitoring": {"podMonitorEnabled": False},
    "resources": {"requests": OPERATOR_LIMITS, "limits": OPERATOR_LIMITS},
}
"""Certificates of clients last 30 days, and are renewed 10 days before. Metrics come with the monitoring."""

PLUGIN_VALUES: Final[Mapping[str, Any]] = {
    "crds": {"create": True},
    "certificate": {"createIssuer": True, "createServerCertificate": True, "createClientCertificate": True},
    "resources": {"requests": PLUGIN_LIMITS, "limits": PLUGIN_LIMITS},
}
"""Operator and plugin know each other by certificates of an authority of their own."""


def _spread(replicas: int, pods: Mapping[str, str]) -> Mapping[str, Any]:
    term = {"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": pods}}
    rule = {"preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 100, "podAffinityTerm": term}]}
    return {"replicaCount": replicas, "affinity": {"podAntiAffinity": rule}}
