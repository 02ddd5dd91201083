"""The models that a hospital runs on its own GPU."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Final

from pydantic import Field, StrictFloat, StrictInt

from settings.choices import Duty, ModelKind
from settings.fields.names import ModelSource, Sha256
from settings.finding import Finding, Path, sites
from settings.part import Part

PROCESS_GIB: Final = 1
"""Memory of each model's process beside weights and context: Python, Metal's heaps, compiled kernels."""


class Model(Part):
    """One model, as an archive of the hospital's own that is known by its checksum."""

    kind: Annotated[ModelKind, Field(description="text or speech", examples=["text"])]
    source: Annotated[
        ModelSource,
        Field(
            description="an archive in the hospital's own bucket, or a file on the Mac; never a hub",
            examples=["/Volumes/models/medgemma.tar"],
        ),
    ]
    sha256: Annotated[Sha256, Field(description="of the archive", examples=["0" * 64])]
    weights_gib: Annotated[
        StrictFloat | StrictInt, Field(gt=0, le=512, description="in memory", examples=[2.6])
    ]
    context_gib: Annotated[
        StrictFloat | StrictInt,
        Field(gt=0, le=512, description="for prompts and answers in work", examples=[2]),
    ]


def models(raw: Mapping[str, object]) -> Iterator[Finding]:
    """Models that no machine has room for, and machines without models."""
    for index, site in sites(raw):
        path: Path = ("sites", index, "models")
        listed = site.get("models")
        asked = [*listed.values()] if isinstance(listed, Mapping) else []
        rooms = [*_rooms(site)]
        if asked and not rooms:
            message = "have no GPU; give a Mac the duty ai-inference, with inference_gib, or remove them"
            yield Finding(path, None, message)
        elif asked and (needed := _needed(asked)) is not None and needed > min(rooms):
            message = (
                f"need {needed:g} GiB (weights, context and {PROCESS_GIB} of each), and inference_gib is "
                f"{min(rooms)}; write smaller ones, or give them more"
            )
            yield Finding(path, None, message)


def _rooms(site: Mapping[str, object]) -> Iterator[int]:
    hosts = site.get("hosts")
    for host in hosts if isinstance(hosts, list | tuple) else ():
        room = host.get("inference_gib") if isinstance(host, Mapping) else None
        if type(room) is int and room and host.get("duty") == Duty.AI_INFERENCE:
            yield room


def _needed(asked: list[object]) -> float | None:
    """In GiB; ``None`` while some value cannot be read, which is reported where it stands."""
    parts = [
        each.get(key) for each in asked if isinstance(each, Mapping) for key in ("weights_gib", "context_gib")
    ]
    numbers = [part for part in parts if isinstance(part, int | float)]
    if len(numbers) < 2 * len(asked):
        return None
    return sum(numbers) + PROCESS_GIB * len(asked)
