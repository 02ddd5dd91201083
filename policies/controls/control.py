"""What a control is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Framework: TypeAlias = Literal["LGPD", "HIPAA", "CIS GCP", "CIS GKE Autopilot", "CIS Kubernetes", "Checkov"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Control:
    """One requirement of a law or of a benchmark, in our words."""

    id: str
    """As rules name it: ``LGPD 46``, ``HIPAA 164.312(b)``, ``CIS GCP 3.8``, ``CKV_GCP_26``."""
    framework: Framework
    english: str
    portuguese: str


def catalogue(framework: Framework, texts: Mapping[str, tuple[str, str]]) -> dict[str, Control]:
    """The controls of a framework, by id."""
    return {
        key: Control(id=key, framework=framework, english=english, portuguese=portuguese)
        for key, (english, portuguese) in texts.items()
    }
