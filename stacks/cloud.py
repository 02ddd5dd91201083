"""The Google Cloud side of staging and prod."""

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi import Output, ResourceOptions

from components.cloud.project import Api, Project, ProjectServices, ProjectServicesArgs
from settings import Cloud, Settings
from stacks.identities import build_identities
from stacks.network import CloudNetwork, build_network
from stacks.stores import Stores, build_stores

APIS = (Api.COMPUTE, Api.DNS, Api.IAM, Api.KEYS, Api.SERVICE_NETWORKING, Api.STORAGE)


@dataclass(frozen=True, kw_only=True, slots=True)
class CloudSide:
    """What the rest of the platform may use of Google Cloud."""

    project: Project
    network: CloudNetwork
    stores: Stores
    identities: Mapping[str, Output[str]]
    """IAM members of the sites, by site."""


def build_cloud(settings: Settings, cloud: Cloud, where: ResourceOptions) -> CloudSide:
    """The cloud side, in the project that ``where`` names as its provider."""
    services = ProjectServices(
        "apis", ProjectServicesArgs(project=cloud.project, number=cloud.project_number, apis=APIS), where
    )
    project = services.project
    identities = build_identities(settings, project, where)
    return CloudSide(
        project=project,
        network=build_network(settings, cloud, project, where),
        stores=build_stores(settings, cloud, project, identities, where),
        identities=identities,
    )
