"""Whether a changed property replaces its resource.

The program says it, or else the provider's own table, or else, without one, the SDK's documentation.
"""

import re
import sys
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import Final

from toolkit.classes import args_class
from toolkit.difference import PropertyChange
from toolkit.forced import forced, forces, sometimes
from toolkit.graph import Resource
from toolkit.paths import Path, parsed_all, touches

FORCES: Final = re.compile(
    r"""
      \bforces?\ (a\ |the\ )?(new|resource\ to\ be\ re-?created|re-?creation|replacement)
    | (force|trigger|result\ in)s?\w*\ (the\ |deleting/\ )?re-?creati(on|ng)
    | (must|will|needs?\ to|has\ to|may)\ (be\ )?re-?created?\b
    | cause(s)?\ (the\ )?(\w+\ )?((to\ )?re-?create|re-?creation|replacement)
    | re-?creates\ (the|this)\b
    | (^|is\ |It's\ )immutable\b
    | (can|may|must)\s?not\ be\ (changed|updated|modified)\ (after|once)
    | (cannot\ be|once\ set,\ .*cannot\ be)\ changed
    | set\ only\ at\ resource\ creation
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""How pulumi-gcp 10 and pulumi-random 4 word it, from the sentences of all their input classes."""

HEDGED: Final = re.compile(
    r"\b(if|unless|may|either|other|otherwise|except|while|first time)\b", re.IGNORECASE
)
"""A sentence with one of these words speaks of some changes of the property only."""

SENTENCE: Final = re.compile(r"(?<=[.!])\s+")

TYPE_NAME: Final = re.compile(r"ForwardRef\('([\w.]+)'")


class Verdict(Enum):
    """What changing a property does to its resource."""

    REPLACES = "replaces"
    MAY_REPLACE = "may replace"
    UPDATES = "updates"
    SILENT = "the SDK does not say"


def verdict(resource: Resource, change: PropertyChange) -> Verdict:
    """What changing one input does to ``resource``: its own ``replaceOnChanges`` speaks first."""
    if any(touches(pattern, change.path) for pattern in parsed_all(resource.replace_on_changes)):
        return Verdict.REPLACES
    if (names := forced(resource.type)) is None:
        return _documentations(resource, change.path)
    if forces(names, change):
        return Verdict.REPLACES
    return Verdict.MAY_REPLACE if sometimes(resource.type, change) else Verdict.UPDATES


def _documentations(resource: Resource, path: Path) -> Verdict:
    """What the SDK's documentation says about the input at ``path``."""
    if not _documented(resource, path):
        return Verdict.SILENT
    sentences = [*_documentation(args_class(resource.type), path)]
    forcing = [sentence for sentence in sentences if FORCES.search(sentence)]
    if any(HEDGED.search(sentence) for sentence in forcing):
        return Verdict.MAY_REPLACE
    return Verdict.REPLACES if forcing else Verdict.SILENT


def _documented(resource: Resource, path: Path) -> bool:
    """Not for what is nested in Kubernetes: "cannot be updated" is true of a Pod, not of a Deployment's."""
    return not resource.type.startswith("kubernetes:") or path[:1] == ("metadata",)


def _documentation(inputs: type | None, path: Path) -> Iterator[str]:
    """The sentences about each property on the way from ``inputs`` to the end of ``path``."""
    for step in path:
        if inputs is None or isinstance(step, int):
            continue
        found = _properties(inputs).get(step)
        if found is None:
            return
        yield from SENTENCE.split(re.sub(r"\s+", " ", found.__doc__ or "").strip())
        inputs = _nested(inputs, found)


@cache
def _properties(inputs: type) -> dict[str, property]:
    """The properties of an input class by the names that the engine knows, camelCase."""
    return {
        getattr(member.fget, "_pulumi_name", name): member
        for name, member in vars(inputs).items()
        if isinstance(member, property)
    }


def _nested(inputs: type, found: property) -> type | None:
    """The input class of a property that has properties itself."""
    name = TYPE_NAME.search(str(getattr(found.fget, "__annotations__", {}).get("return", "")))
    step: object = sys.modules.get(inputs.__module__)
    for part in name[1].split(".") if name else ():
        step = getattr(step, part, None)
    return step if isinstance(step, type) else None
