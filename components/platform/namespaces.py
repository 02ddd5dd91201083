"""The namespaces of a cluster, each with the Pod Security level that its workloads must meet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pulumi import Output, ResourceOptions
from pulumi_kubernetes.core import v1 as core

from components.base import Component


class PodSecurity(StrEnum):
    """Kubernetes' own levels, from what nearly every workload meets to what only drivers need."""

    RESTRICTED = "restricted"
    BASELINE = "baseline"
    PRIVILEGED = "privileged"


@dataclass(frozen=True, kw_only=True, slots=True)
class NamespacesArgs:
    """Which namespaces there are, by name."""

    levels: Mapping[str, PodSecurity]
    labels: Mapping[str, str] = field(default_factory=dict)
    kept: Collection[str] = ()
    """Those that are not deleted whatever else goes: everything in a namespace goes with it."""

    def __post_init__(self) -> None:
        for name in self.levels:
            if name == "default" or name.startswith("kube-"):
                raise ValueError(f"namespace {name} belongs to Kubernetes; give the platform's own names")
        for name in self.kept:
            if name not in self.levels:
                raise ValueError(f"namespace {name} is to be kept and has no level: name it among the levels")


class Namespaces(Component, token="platform:Namespaces"):
    """The platform's namespaces; a Pod below its namespace's level is refused, not only warned about.

    A Pod that names no account gets no token: none of the platform's own needs the default one.
    """

    names: Mapping[str, Output[str]]
    """Each namespace's name, known once it exists."""

    def __init__(self, name: str, args: NamespacesArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        namespaces = {
            key: core.Namespace(
                f"{name}-{key}",
                metadata={"name": key, "labels": {**args.labels, **_pod_security(level)}},
                opts=self.child(protect=True) if key in args.kept else self.child(),
            )
            for key, level in args.levels.items()
        }
        for key, namespace in namespaces.items():
            core.ServiceAccountPatch(
                f"{name}-{key}-default",
                metadata={"name": "default", "namespace": namespace.id},
                automount_service_account_token=False,
                opts=self.child(),
            )
        self.names = {key: namespace.id for key, namespace in namespaces.items()}
        self.seal()


def _pod_security(level: PodSecurity) -> dict[str, str]:
    return {f"pod-security.kubernetes.io/{mode}": level for mode in ("enforce", "audit", "warn")}
