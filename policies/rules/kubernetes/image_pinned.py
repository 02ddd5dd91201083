"""Images are named by what is in them, so nobody can replace them."""

import re

from policies.checks import like
from policies.demands import on_pods
from policies.rule import Rule

DIGEST = re.compile(r"[\w./:-]+@sha256:[0-9a-f]{64}")


def pinned(image: str) -> bool:
    """Whether an image is named by its digest."""
    return DIGEST.fullmatch(image) is not None


RULE = Rule(
    id="image-pinned",
    title="Images are named by what is in them, so nobody can replace them",
    portuguese="As imagens são nomeadas pelo conteúdo, e ninguém pode trocá-las",
    severity="mandatory",
    controls=("LGPD 46", "HIPAA 164.312(c)(1)", "CIS Kubernetes 5.5.1", "CKV_K8S_14", "CKV_K8S_43"),
    demands=(
        *on_pods(
            lambda pod: tuple(
                like(
                    f"{pod}.{kind}[*].image",
                    pinned,
                    "name it by digest: name@sha256:...",
                    "app",
                    "app:latest",
                    "app:1.2",
                )
                for kind in ("containers", "initContainers")
            )
        ),
    ),
)
