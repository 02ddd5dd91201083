"""What a stack file may say. Frozen, unknown keys refused, every problem reported at once."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    Field,
    ModelWrapValidatorHandler,
    StrictInt,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, InitErrorDetails

from settings.choices import Access, Environment
from settings.consistency import inconsistencies
from settings.fields.geography import Country, Location, Region
from settings.fields.names import Domain, Email, LabelKey, LabelValue, ProjectId, StorageClassName, Title
from settings.fields.network import Network, Row
from settings.fields.refusal import REFUSED, once, refused
from settings.hospitals import Link, Site
from settings.part import Part
from settings.places import widest


class Hospital(Part):
    """Whose platform this is."""

    name: Annotated[Title, Field(description="as people write it", examples=["Hospital Santa Aurora"])]
    domain: Annotated[
        Domain, Field(description="under which services are published", examples=["hospital.example"])
    ]
    on_call: Annotated[
        Email, Field(description="who is told when something breaks", examples=["on-call@hospital.example"])
    ]
    privacy: Annotated[
        Email,
        Field(
            description="the data protection officer (LGPD art. 41)", examples=["privacy@hospital.example"]
        ),
    ]


class CloudNetwork(Part):
    """The ranges of the VPC, none of which may overlap another range of the plan."""

    nodes: Annotated[Network, Field(description="cluster nodes; /22 or larger", examples=["10.64.0.0/20"])]
    gateways: Annotated[Network, Field(description="VPN gateways; /28 or larger", examples=["10.64.16.0/24"])]
    pods: Annotated[Network, Field(description="cluster pods; /18 or larger", examples=["10.68.0.0/14"])]
    services: Annotated[Network, Field(description="cluster services; /16 to /24", examples=["10.72.0.0/20"])]
    private_services: Annotated[
        Network, Field(description="Google's own side: Cloud SQL; /20 or larger", examples=["10.76.0.0/16"])
    ]


class Cloud(Part):
    """The Google Cloud project of the stack."""

    project: Annotated[ProjectId, Field(description="project id", examples=["santa-aurora-prod"])]
    project_number: Annotated[
        StrictInt,
        Field(ge=10**6, lt=10**15, description="the project's number, not its id", examples=[418273645091]),
    ]
    region: Annotated[Region, Field(description="where everything regional runs", examples=["us-central1"])]
    backups: Annotated[
        Location | None,
        Field(description="where backups lie; the region's own multi-region when absent", examples=["US"]),
    ] = None
    recovery: Annotated[
        Region | None,
        Field(
            description="another region, for a database replica and the cluster's backups; none when absent",
            examples=["us-east4"],
        ),
    ] = None
    residency: Annotated[
        tuple[Country, ...],
        AfterValidator(once),
        Field(min_length=1, description="the countries in which data may lie", examples=[["BR", "US"]]),
    ]
    directory: Annotated[
        Domain,
        Field(
            description="the Google Workspace or Cloud Identity domain whose groups get roles in clusters",
            examples=["hospital.example"],
        ),
    ]
    control_plane: Annotated[
        Access,
        Field(
            description="who reaches the cluster's API: private (inside only) or iam (also by its DNS name)",
            examples=["private"],
        ),
    ] = Access.PRIVATE
    lock_audit_logs: Annotated[
        str | None,
        Field(
            description="the audit bucket's whole name, once more: locks its retention, for ever",
            examples=["santa-aurora-prod-audit-logs"],
        ),
    ] = None
    network: CloudNetwork

    @property
    def backup_location(self) -> str:
        """Where backups lie: as written, or the multi-region around the region within its country."""
        return self.backups or widest(self.region)

    @property
    def recovery_location(self) -> str:
        """Where copies lie that should outlive the region: the other region, or this one without it."""
        return self.recovery or self.region


class Cluster(Part):
    """A Kubernetes cluster that exists already: any entry of a kubeconfig."""

    context: Annotated[
        str, Field(min_length=1, description="kubeconfig context", examples=["k3d-prontuario"])
    ]
    storage_class: Annotated[
        StorageClassName, Field(description="one that the cluster has", examples=["local-path"])
    ] = "local-path"
    load_balancers: Annotated[
        Row | None,
        Field(
            description="addresses of services, where the cluster brings no load balancer of its own",
            examples=["172.20.0.200-172.20.0.220"],
        ),
    ] = None


class Settings(Part):
    """Everything a stack file says, plus the environment that the stack's name stands for.

    Raises ``pydantic.ValidationError`` with every problem of the file: those of single values and
    those between values (``settings.consistency``) together.
    """

    environment: Environment
    hospital: Hospital
    cloud: Annotated[Cloud | None, Field(description="staging and prod: the Google Cloud side")] = None
    tunnels: Annotated[
        Network | None, Field(description="VPN links, eight addresses a site", examples=["10.79.0.0/22"])
    ] = None
    sites: Annotated[tuple[Site, ...], Field(description="prod: the hospitals")] = ()
    link: Annotated[Link | None, Field(description="prod: the VPN between hospitals and cloud")] = None
    cluster: Annotated[Cluster | None, Field(description="dev: the local cluster")] = None
    labels: Annotated[
        Mapping[LabelKey, LabelValue],
        Field(default_factory=dict, description="put on everything that takes labels"),
    ]

    @model_validator(mode="wrap")
    @classmethod
    def _report_every_problem(cls, raw: Any, handler: ModelWrapValidatorHandler["Settings"]) -> "Settings":
        between = _between(raw)
        try:
            settings = handler(raw)
        except ValidationError as single:
            lines = [*map(_again, single.errors()), *between]
            raise ValidationError.from_exception_data(cls.__name__, lines) from None
        if between:
            raise ValidationError.from_exception_data(cls.__name__, between)
        return settings


def _again(error: ErrorDetails) -> InitErrorDetails:
    """An error in the form in which pydantic lets it be raised once more."""
    context = error.get("ctx", {})
    kind = refused(context["message"]) if error["type"] == REFUSED else error["type"]
    return InitErrorDetails(type=kind, loc=error["loc"], input=error["input"], ctx=context)


def _between(raw: object) -> list[InitErrorDetails]:
    """What is wrong between values, each value as far as it can be read at all."""
    if not isinstance(raw, Mapping):
        return []
    return [
        InitErrorDetails(type=refused(found.message), loc=found.path, input=found.value)
        for found in inconsistencies(raw)
    ]
