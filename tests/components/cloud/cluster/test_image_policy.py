"""Which images may run."""

import pytest

from components.cloud.cluster.image_policy import ImagePolicy, ImagePolicyArgs
from components.cloud.project import Project
from tests.components.cloud.recorded import PROJECT, Recording, anywhere, build, refused

OURS = "us-central1-docker.pkg.dev/aurora-prod/images/**"
DIGEST = f"ghcr.io/linkerd/proxy@sha256:{'0' * 64}"


def program(project: Project) -> None:
    ImagePolicy("images", ImagePolicyArgs(project=project, images=[OURS, DIGEST, OURS]))


@pytest.fixture(scope="module")
def recording() -> Recording:
    return build(program)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("project", PROJECT),
        ("description", "Only images from the named registries"),
        ("globalPolicyEvaluationMode", "ENABLE"),
        ("defaultAdmissionRule.evaluationMode", "ALWAYS_DENY"),
        ("defaultAdmissionRule.enforcementMode", "ENFORCED_BLOCK_AND_AUDIT_LOG"),
        ("clusterAdmissionRules", None),
        ("admissionWhitelistPatterns", [{"namePattern": DIGEST}, {"namePattern": OURS}]),
    ],
)
def test_what_is_not_named_does_not_run(recording: Recording, path: str, expected: object) -> None:
    assert recording.at("Policy images", path) == expected


def test_the_policy_waits_for_its_own_api(recording: Recording) -> None:
    assert recording.waits("Policy images") == {"Service apis-binaryauthorization"}


def test_a_policy_without_images_is_refused() -> None:
    with refused("no image could run: name at least our own registry, as in <address>/**"):
        ImagePolicyArgs(project=anywhere(), images=[])


@pytest.mark.parametrize(
    "image",
    [
        "*",
        "**",
        "/**",
        "gcr.io/*",
        "docker.io/**",
        "*.pkg.dev/a/**",
        "ghcr.io/a/b*",
        "ghcr.io/a/**/c",
        "nginx",
    ],
)
def test_a_pattern_that_lets_in_a_whole_registry_is_refused(image: str) -> None:
    with refused(
        f"image pattern {image!r} is too wide or none: write a host and a folder, as in "
        "us-central1-docker.pkg.dev/example/images/**"
    ):
        ImagePolicyArgs(project=anywhere(), images=[OURS, image])


@pytest.mark.parametrize(
    "image", [OURS, DIGEST, "cr.l5d.io/linkerd/*", "registry.aurora.example:5000/apps/**"]
)
def test_a_folder_or_one_image_is_accepted(image: str) -> None:
    assert ImagePolicyArgs(project=anywhere(), images=[image]).images == [image]
