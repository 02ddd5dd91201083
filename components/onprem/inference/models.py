"""The models, and whether they fit."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

PROCESS_GIB: Final = 1.0
"""Of each serving process beside its model: Python, Metal's heaps and compiled kernels."""

QUEUE: Final = 16
"""Requests of a model in work or waiting; one more is refused at once, by 503."""

MOST: Final = 8
"""Models on one Mac: each has a port of its own."""


class Kind(StrEnum):
    """Which server a model needs."""

    TEXT = "text"
    """mlx-lm: chat completions, as of MedGemma."""
    SPEECH = "speech"
    """mlx-audio: transcriptions, as of Whisper."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Model:
    """One model, as a tar archive of MLX's files that is known by its checksum."""

    kind: Kind
    source: str
    """``gs://bucket/path.tar`` of the hospital's own bucket, or a file on the Mac (``/Volumes/...``)."""
    sha256: str
    """Of the archive."""
    weights_gib: float
    """In memory; as large as the archive, nearly."""
    context_gib: float
    """For prompts and answers in work, all of them together."""
    together: int = 4
    """Requests worked on at the same time."""
    request_kib: int = 256
    """The largest request; no prompt has more tokens than bytes. A recording needs thousands."""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"gs://[a-z0-9][a-z0-9._-]+/[\w./+-]+|/[\w./+ -]+", self.source):
            raise ValueError(
                f"source {self.source!r}: write gs://bucket/path.tar or a file on the Mac, /Volumes/x.tar; "
                "models never come from a hub on the internet"
            )
        if not re.fullmatch(r"[0-9a-f]{64}", self.sha256):
            raise ValueError(
                f"sha256 {self.sha256!r}: write the 64 digits of shasum -a 256, in small letters"
            )
        if min(self.weights_gib, self.context_gib, self.together, self.request_kib) <= 0:
            raise ValueError("a model has weights, context, requests together and a largest request above 0")

    @property
    def gib(self) -> float:
        """What its process may use; above that it starts anew."""
        return self.weights_gib + self.context_gib + PROCESS_GIB


def check(models: Mapping[str, Model], memory_gib: float) -> None:
    """Refuses models that do not fit into the Mac's memory for them, and names that are no names."""
    if not 0 < len(models) <= MOST:
        raise ValueError(f"{len(models)} models: a Mac serves one to {MOST}")
    for name in models:
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,30}", name):
            raise ValueError(f"model {name!r}: small letters, digits and hyphens, as it stands in addresses")
    needed = sum(each.gib for each in models.values())
    if needed > memory_gib:
        each = ", ".join(
            f"{name} {model.weights_gib:g}+{model.context_gib:g}+{PROCESS_GIB:g}"
            for name, model in sorted(models.items())
        )
        raise ValueError(
            f"models need {needed:g} GiB and have {memory_gib:g} ({each}: weights+context+process): "
            "give them more, or smaller models"
        )
