"""Which images the project's clusters may run."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pulumi import Output, ResourceOptions
from pulumi_gcp import binaryauthorization

from components.base import Component
from components.cloud.project import Api, Project

PATTERN: Final = re.compile(r"[a-z0-9.-]+\.[a-z]+(:\d+)?(/[^/*\s]+)+(/\*{1,2}|@sha256:[0-9a-f]{64})?")
"""A host, at least one folder of it, and whatever is in it; or one image."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ImagePolicyArgs:
    """What may run."""

    project: Project
    images: Sequence[str]
    """Patterns as in ``us-central1-docker.pkg.dev/example/images/**``: ``/*`` stands for every image of that
    folder, ``/**`` for those of folders below it too."""

    def __post_init__(self) -> None:
        if not self.images:
            raise ValueError("no image could run: name at least our own registry, as in <address>/**")
        for image in self.images:
            if not PATTERN.fullmatch(image):
                raise ValueError(
                    f"image pattern {image!r} is too wide or none: write a host and a folder, as in "
                    "us-central1-docker.pkg.dev/example/images/**"
                )


class ImagePolicy(Component, token="gcp:ImagePolicy"):
    """The project's one policy of Binary Authorization: what no pattern names is refused and logged.

    An allow list rather than attestations: whoever may push to our registry is the pipeline alone, so a
    signature by the same pipeline would say nothing more, and there is no key to lose. Images of GKE itself
    are let through by Google's own policy, without which Autopilot cannot start a node. Google never deletes
    the policy: when the stack goes, it allows everything again.
    """

    id: Output[str]
    """Known once the policy is in force."""

    def __init__(self, name: str, args: ImagePolicyArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        policy = binaryauthorization.Policy(
            name,
            project=args.project.on(Api.BINARY_AUTHORIZATION),
            description="Only images from the named registries",
            global_policy_evaluation_mode="ENABLE",
            default_admission_rule={
                "evaluation_mode": "ALWAYS_DENY",
                "enforcement_mode": "ENFORCED_BLOCK_AND_AUDIT_LOG",
            },
            admission_whitelist_patterns=[{"name_pattern": image} for image in sorted({*args.images})],
            opts=self.child(),
        )
        self.id = policy.id
        self.seal()
