"""What runs on a Kubernetes cluster, wherever the cluster is."""

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Output, ResourceOptions

from components.platform.namespaces import Namespaces, NamespacesArgs, PodSecurity
from settings import Settings

LEVELS = {
    "clinical": PodSecurity.RESTRICTED,
    "data": PodSecurity.RESTRICTED,
    "inference": PodSecurity.RESTRICTED,
}
"""Clinical services, patient data and AI stay apart: each has its own network policies and grants."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Platform:
    """The platform of one cluster."""

    namespaces: Mapping[str, Output[str]]


def build_platform(settings: Settings, where: ResourceOptions) -> Platform:
    """The platform on the cluster that ``where`` names as its provider."""
    namespaces = Namespaces("namespaces", NamespacesArgs(levels=LEVELS, labels=settings.labels), where)
    return Platform(namespaces=namespaces.names)
