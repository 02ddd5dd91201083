"""Where the platform's own images come from, and which ones may run."""

from collections.abc import Iterator
from typing import Final

from pulumi import Output

from components.classification import Classification
from components.cloud.cluster.image_policy import ImagePolicy, ImagePolicyArgs
from components.cloud.storage.registry import Registry, RegistryArgs, address
from stacks.ground import Ground
from stacks.holding import Holding

NAME: Final = "images"


def build_policy(ground: Ground) -> Output[str]:
    """The policy, known once it is in force: images of our own registry run, and no others."""
    ours = address(ground.project, ground.cloud.region, NAME)
    args = ImagePolicyArgs(project=ground.project, images=[f"{ours}/**"])
    return ImagePolicy("image-policy", args, ground.where).id


def build_registry(ground: Ground, key: Output[str], nodes: Output[str]) -> Registry:
    """The registry in the cluster's region, from which its ``nodes`` pull."""
    args = RegistryArgs(
        project=ground.project,
        name=NAME,
        location=ground.cloud.region,
        key=key,
        kept=ground.care.images_kept,
        grants={"roles/artifactregistry.reader": {"nodes": nodes}},
        labels=ground.settings.labels,
    )
    return Registry("registry", args, ground.guarded)


def holdings(ground: Ground) -> Iterator[Holding]:
    """Programs, never data of patients."""
    yield Holding(store="registry", classification=Classification.INTERNAL, location=ground.cloud.region)
