"""The Google Cloud project, as far as the other components need to know it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from pulumi import Output, ResourceOptions
from pulumi_gcp import projects

from components.base import Component, after


class Api(StrEnum):
    """The APIs that the platform's resources are made with."""

    ARTIFACT_REGISTRY = "artifactregistry.googleapis.com"
    BINARY_AUTHORIZATION = "binaryauthorization.googleapis.com"
    COMPUTE = "compute.googleapis.com"
    CONTAINER = "container.googleapis.com"
    CONTAINER_SCANNING = "containerscanning.googleapis.com"
    CONTAINER_SECURITY = "containersecurity.googleapis.com"
    DNS = "dns.googleapis.com"
    GKE_BACKUP = "gkebackup.googleapis.com"
    IAM = "iam.googleapis.com"
    KEYS = "cloudkms.googleapis.com"
    LOGGING = "logging.googleapis.com"
    MONITORING = "monitoring.googleapis.com"
    PUBSUB = "pubsub.googleapis.com"
    RESOURCE_MANAGER = "cloudresourcemanager.googleapis.com"
    SECRETS = "secretmanager.googleapis.com"
    SERVICE_NETWORKING = "servicenetworking.googleapis.com"
    SQL = "sqladmin.googleapis.com"
    STORAGE = "storage.googleapis.com"
    TOKENS = "sts.googleapis.com"

    @property
    def short(self) -> str:
        """The name without Google's domain."""
        return self.value.removesuffix(".googleapis.com")


AGENTS: Final[Mapping[Api, str]] = MappingProxyType(
    {
        Api.ARTIFACT_REGISTRY: "service-{}@gcp-sa-artifactregistry.iam.gserviceaccount.com",
        Api.COMPUTE: "service-{}@compute-system.iam.gserviceaccount.com",
        Api.CONTAINER: "service-{}@container-engine-robot.iam.gserviceaccount.com",
        Api.GKE_BACKUP: "service-{}@gcp-sa-gkebackup.iam.gserviceaccount.com",
        Api.LOGGING: "cmek-p{}@gcp-sa-logging.iam.gserviceaccount.com",
        Api.PUBSUB: "service-{}@gcp-sa-pubsub.iam.gserviceaccount.com",
        Api.SECRETS: "service-{}@gcp-sa-secretmanager.iam.gserviceaccount.com",
        Api.SQL: "service-{}@gcp-sa-cloud-sql.iam.gserviceaccount.com",
        Api.STORAGE: "service-{}@gs-project-accounts.iam.gserviceaccount.com",
    }
)
"""The account with which a service acts in a project, which the project's number completes; of Cloud Logging
the one that uses keys (https://cloud.google.com/iam/docs/service-agents,
https://cloud.google.com/logging/docs/routing/managed-encryption-storage). The name is ours to derive: what
Google answers to the order to make the account sometimes leaves it out
(hashicorp/terraform-provider-google#18649)."""

ORDERED: Final = frozenset({Api.ARTIFACT_REGISTRY, Api.GKE_BACKUP, Api.PUBSUB, Api.SECRETS, Api.SQL})
"""Services whose account exists only once it is asked for; a grant before that is refused.

Enabling the API makes those of Compute Engine and GKE. Those of Cloud Storage and Cloud Logging are made when
somebody first asks for them, and no resource of the provider asks: in a new project two commands are run
once, with the other steps of the bootstrap (README.md, "A real deployment";
https://cloud.google.com/storage/docs/projects#service-agents, hashicorp/terraform-provider-google#9730).
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Project:
    """A project whose APIs are being enabled; made by ``ProjectServices``."""

    id: str
    services: Mapping[Api, Output[str]]
    agents: Mapping[Api, Output[str]]

    def on(self, api: Api) -> Output[str]:
        """The project's id, known only once ``api`` is enabled: what a resource takes as its ``project``.

        So each resource waits, through its own property, for the API it needs and for no other.
        Raises ``ValueError`` where the project does not enable it.
        """
        if api not in self.services:
            raise ValueError(
                f"project {self.id} does not enable {api.value}: add Api.{api.name} to its ProjectServices"
            )
        return self.services[api]

    def agent(self, api: Api) -> Output[str]:
        """The service's own account as an IAM member, known only once its API is enabled.

        Raises ``ValueError`` for a service that has none, or that the project does not enable.
        """
        if api not in self.agents:
            raise ValueError(
                f"project {self.id} knows no service account of {api.value}: "
                f"add Api.{api.name} to its ProjectServices, and to AGENTS if it is new here"
            )
        return self.agents[api]


@dataclass(frozen=True, kw_only=True, slots=True)
class ProjectServicesArgs:
    """Which project, and which APIs."""

    project: str
    """The project's id."""
    number: int
    """The project's number; service accounts of Google's are named after it."""
    apis: Sequence[Api]

    def __post_init__(self) -> None:
        if not self.apis:
            raise ValueError("a project without APIs can hold nothing: name at least one Api")


class ProjectServices(Component, token="gcp:ProjectServices"):
    """The APIs of a project, switched on and never off: another stack or a person may use them too.

    It does not make the project, nor link its billing account.
    """

    enabled: Mapping[str, Output[str]]
    """The project's id by API, each known once that API is enabled."""
    agents: Mapping[str, Output[str]]
    """IAM members of Google's own accounts by API, each known once it may be granted to."""

    def __init__(self, name: str, args: ProjectServicesArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        enabled = {
            api: projects.Service(
                f"{name}-{api.short}",
                project=args.project,
                service=api.value,
                disable_on_destroy=False,
                opts=self.child(),
            ).project
            for api in args.apis
        }
        agents = {
            api: after(
                f"serviceAccount:{AGENTS[api].format(args.number)}",
                self._ordered(name, api, enabled[api]) if api in ORDERED else enabled[api],
            )
            for api in args.apis
            if api in AGENTS
        }
        self.project = Project(id=args.project, services=enabled, agents=agents)
        self.enabled = {api.short: project for api, project in enabled.items()}
        self.agents = {api.short: member for api, member in agents.items()}
        self.seal()

    def _ordered(self, name: str, api: Api, project: Output[str]) -> Output[str]:
        """The service, known once its account exists; the account stays when the stack goes."""
        return projects.ServiceIdentity(
            f"{name}-{api.short}", project=project, service=api.value, opts=self.child()
        ).service
