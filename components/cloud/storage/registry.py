"""Where container images come from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import artifactregistry

from components.base import Component, after
from components.classification import Classification, classified
from components.cloud.access.grants import Grants, check
from components.cloud.access.members import every
from components.cloud.project import Api, Project


def address(project: Project, location: str, name: str) -> str:
    """What the names of a registry's images begin with: ``us-central1-docker.pkg.dev/example/images``."""
    return f"{location}-docker.pkg.dev/{project.id}/{name}"


@dataclass(frozen=True, kw_only=True, slots=True)
class RegistryArgs:
    """Where images lie, under which key, for how long, and who pulls and pushes."""

    project: Project
    name: str
    """Unique in the project and location, and part of every image's address: it never changes."""
    location: str
    """A region or multi-region, in lower case."""
    key: Input[str]
    """Id of the images' key, known once Artifact Registry may use it (``Keys.ids``)."""
    kept: int = 20
    """Versions of each image that stay, however old: what a rollback may need."""
    untagged_days: int = 30
    """How long a version without a tag stays beyond those."""
    grants: Grants = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check(self.grants)
        classified(self.labels, Classification.INTERNAL)
        if self.location != self.location.lower():
            raise ValueError(
                f"registry {self.name}: location {self.location!r}; "
                f"Artifact Registry writes {self.location.lower()!r}"
            )
        if self.kept < 1:
            raise ValueError(
                f"registry {self.name} keeps {self.kept} versions: write at least 1, for a rollback"
            )
        if self.untagged_days < 1:
            raise ValueError(
                f"registry {self.name}: untagged_days is {self.untagged_days}: write at least 1, "
                "or images would go while they are being pushed"
            )


class Registry(Component, token="gcp:Registry"):
    """A registry for container images whose tags never move, each image scanned when it is pushed.

    An image that has a tag stays for ever: with immutable tags Google deletes none of them, and what a
    cluster may still run is not for a clean-up to judge. Images hold programs, never data of patients.
    """

    id: Output[str]
    """The repository's id, known once everyone has their access."""
    address: Output[str]
    """What image names begin with, known once everyone has their access and what is pushed is scanned."""

    def __init__(self, name: str, args: RegistryArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        project = args.project.on(Api.ARTIFACT_REGISTRY)
        repository = artifactregistry.Repository(
            name,
            project=project,
            repository_id=args.name,
            location=args.location,
            format="DOCKER",
            mode="STANDARD_REPOSITORY",
            kms_key_name=args.key,
            docker_config={"immutable_tags": True},
            vulnerability_scanning_config={"enablement_config": "INHERITED"},
            cleanup_policies=_cleanup(args),
            cleanup_policy_dry_run=False,
            labels=classified(args.labels, Classification.INTERNAL),
            opts=self.child(),
        )
        granted = [
            artifactregistry.RepositoryIamMember(
                f"{name}-{each.key}",
                project=project,
                location=args.location,
                repository=repository.repository_id,
                role=each.role,
                member=each.member,
                opts=self.child(protect=False),  # taking a grant away must stay possible
            ).id
            for each in every(args.grants)
        ]
        self.id = after(repository.id, *granted)
        scanned = args.project.on(Api.CONTAINER_SCANNING)
        images = address(args.project, args.location, args.name)
        self.address = after(images, repository.id, scanned, *granted)
        self.seal()


def _cleanup(args: RegistryArgs) -> Sequence[artifactregistry.RepositoryCleanupPolicyArgsDict]:
    """Old versions without a tag go; the latest of each image stay, with a tag or without."""
    return [
        {
            "id": "delete-untagged",
            "action": "DELETE",
            "condition": {"tag_state": "UNTAGGED", "older_than": f"{args.untagged_days * 86400}s"},
        },
        {"id": "keep-recent", "action": "KEEP", "most_recent_versions": {"keep_count": args.kept}},
    ]
