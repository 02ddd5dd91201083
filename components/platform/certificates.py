"""Certificates inside a cluster, signed by the hospital's own authority."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network
from types import MappingProxyType
from typing import Any, Final

from pulumi import Input, Output, ResourceOptions
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.core import v1 as core

from components.base import Component, after
from components.platform.charts import release
from components.platform.traffic import ANYWHERE, Allowance, Flow, Peer, Traffic, TrafficArgs, api_server

ISSUER: Final = "hospital"
"""The cluster-wide issuer's name; Certificates name it."""

ROOT: Final = "hospital-root"
"""The Secret that it signs from."""

READY: Final[Mapping[str, str]] = MappingProxyType({"pulumi.com/waitFor": "condition=Ready"})
"""The annotation by which Pulumi waits until a custom resource's operator says that it is done."""

WEBHOOK_PORT: Final = 10250


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificatesArgs:
    """Where cert-manager runs, and what it signs with."""

    namespace: Input[str]
    """Known once it exists; Pod Security ``restricted`` is met."""
    certificate: Input[str]
    """The authority's, in PEM."""
    key: Input[str]
    """The authority's, in PEM; it is treated as a secret whether it is one or not."""
    replicas: int = 2
    """Of each of its three parts; with one, a drained node means a minute without new certificates."""
    callers: Sequence[IPv4Network] = (ANYWHERE,)
    """From where the control plane calls the webhook; see ``allowances``."""
    servers: Sequence[IPv4Network] = (ANYWHERE,)
    """Where the control plane answers."""

    def __post_init__(self) -> None:
        if self.replicas < 1:
            raise ValueError(f"{self.replicas} replicas of cert-manager sign nothing: write 1 or more")
        if not self.callers:
            raise ValueError("a webhook that nobody may call refuses every certificate: leave callers out")


class Certificates(Component, token="platform:Certificates"):
    """cert-manager and one issuer for the whole cluster; it knows no other authority, and asks no outside."""

    issuer: Output[str]
    """The ClusterIssuer's name, known once it signs."""

    def __init__(self, name: str, args: CertificatesArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        traffic = Traffic(
            name,
            TrafficArgs(namespace=args.namespace, allowances=allowances(args.callers, args.servers)),
            self.child(),
        )
        operator = release(name, "cert-manager", traffic.closed, values(args), self.child())
        root = core.Secret(
            f"{name}-root",
            metadata={"name": ROOT, "namespace": args.namespace},
            type="kubernetes.io/tls",
            string_data={"tls.crt": Output.secret(args.certificate), "tls.key": Output.secret(args.key)},
            opts=self.child(),
        )
        issuer = CustomResource(
            f"{name}-issuer",
            api_version="cert-manager.io/v1",
            kind="ClusterIssuer",
            metadata={"name": ISSUER, "annotations": READY},
            spec={"ca": {"secretName": ROOT}},
            opts=self.child(depends_on=[operator, root]),
        )
        self.issuer = after(ISSUER, issuer.id)
        self.seal()


def allowances(
    callers: Sequence[IPv4Network], servers: Sequence[IPv4Network] = (ANYWHERE,)
) -> Mapping[str, Allowance]:
    """What cert-manager needs: the control plane's API, and to be called by it.

    The control plane is no pod, so a policy can only name its addresses; on k3s with flannel its calls come
    from the first address of each server's own range of pods (``10.42.0.0/32``), which nobody knows before
    the servers have joined: ``callers`` are the pods' whole range and the servers, or everywhere if neither
    is known. Pods of the platform's other namespaces may not send there all the same, and the webhook only
    says whether a certificate is well written.
    """
    asked = Flow(peers=[Peer(addresses=each) for each in callers], ports=[WEBHOOK_PORT])
    return {
        "api": Allowance(sends=[api_server(servers)]),
        "webhook": Allowance(pods={"app.kubernetes.io/component": "webhook"}, receives=[asked]),
    }


def values(args: CertificatesArgs) -> Mapping[str, Any]:
    """The chart's values; what they leave out is the chart's default, which meets ``restricted``."""
    part = {
        "replicaCount": args.replicas,
        "podDisruptionBudget": {"enabled": args.replicas > 1, "minAvailable": 1},
    }
    return {
        # The definitions outlive a release: deleted, they would take every Certificate with them.
        "crds": {"enabled": True, "keep": True},
        # In kube-system, the default, it would need rights that it has no other use for.
        "global": {"leaderElection": {"namespace": args.namespace}},
        **part,
        "resources": _resources("20m", "128Mi", "256Mi"),
        "cainjector": {**part, "resources": _resources("20m", "128Mi", "384Mi")},
        "webhook": {
            **part,
            "securePort": WEBHOOK_PORT,
            "extraArgs": ["--tls-min-version=VersionTLS13"],
            "resources": _resources("10m", "64Mi", "128Mi"),
        },
        "startupapicheck": {"resources": _resources("10m", "64Mi", "128Mi")},
    }


def _resources(cpu: str, memory: str, most: str) -> Mapping[str, Any]:
    """No limit of CPU: being held back for a second looks like being dead to a control plane."""
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"memory": most}}
