"""What each control asks for, in English and in Portuguese: the auditors' side of every rule."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Framework: TypeAlias = Literal["LGPD", "HIPAA", "CIS GCP", "CIS GKE Autopilot", "CIS Kubernetes", "Checkov"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Control:
    """One requirement of a law or of a benchmark."""

    id: str
    """As rules name it: ``LGPD 46``, ``HIPAA 164.312(b)``, ``CIS GCP 3.8``, ``CKV_GCP_26``."""
    framework: Framework
    english: str
    portuguese: str


CONTROLS: dict[str, Control] = {}
"""All of them, by id."""
