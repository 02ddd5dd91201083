"""Whether a real API server would take a cluster's objects: each is sent to it, and nearly none is kept."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from tests.cluster.objects import Set, Wanted
from tests.cluster.placeholders import Placeholders
from tests.cluster.plane.client import Answer, Client, Refused
from tests.cluster.plane.definitions import bring
from tests.cluster.pods import pods
from tests.cluster.stay import Stay

KEPT: Final = (
    ("v1", "Namespace"),
    ("scheduling.k8s.io/v1", "PriorityClass"),
    ("node.k8s.io/v1", "RuntimeClass"),
    ("v1", "ServiceAccount"),
    ("v1", "LimitRange"),
    ("v1", "ResourceQuota"),
)
"""Kinds on which the admission of others depends: really made, in this order, and taken away again."""


def refusals(client: Client, wanted: Set) -> list[str]:
    """All that the API server refuses or warns of, each with the object of which it says so."""
    bring(client, (each.manifest for each in wanted.objects))
    with Stay(client) as stay:
        for name in sorted(wanted.namespaces):
            stay.namespace(name)
        placeholders = Placeholders(client)
        said = [
            f"{each.label}: {text}"
            for each in sorted(wanted.objects, key=_order)
            for text in _said(client, stay, placeholders, each)
        ]
    return [*_twice(wanted.objects), *said]


def lacking(client: Client, wanted: Set) -> list[str]:
    """The kinds that nobody tells this API server of, as ``apiVersion kind``."""
    bring(client, (each.manifest for each in wanted.objects))
    kinds = dict.fromkeys((each.manifest["apiVersion"], each.manifest["kind"]) for each in wanted.objects)
    return [f"{version} {kind}" for version, kind in kinds if not client.knows(version, kind)]


def _said(client: Client, stay: Stay, placeholders: Placeholders, wanted: Wanted) -> Iterator[str]:
    try:
        manifest = _placed(client, placeholders.filled(wanted.manifest))
        yield from _warnings(_sent(client, stay, manifest))
    except Refused as error:
        yield str(error)
        return
    for pod in pods(manifest):
        try:
            yield from (f"its Pod: {text}" for text in _warnings(client.create(pod, dry=True)))
        except Refused as error:
            yield f"its Pod: {error}"


def _sent(client: Client, stay: Stay, manifest: Mapping[str, Any]) -> Answer:
    kept = (manifest["apiVersion"], manifest["kind"]) in KEPT
    return stay.keep(manifest) if kept else client.apply(manifest, dry=True)


def _placed(client: Client, manifest: dict[str, Any]) -> dict[str, Any]:
    """Without a namespace if its kind is outside of them."""
    if client.resource(manifest)["namespaced"]:
        return manifest
    metadata = {key: value for key, value in manifest["metadata"].items() if key != "namespace"}
    return {**manifest, "metadata": metadata}


def _warnings(answer: Answer) -> Iterator[str]:
    return (f"warning: {text}" for text in answer.warnings)


def _twice(objects: Sequence[Wanted]) -> Iterator[str]:
    """Two resources that are one object would undo each other's work."""
    whole = [each for each in objects if not each.partial]
    counted = Counter(_identity(each.manifest) for each in whole)
    for each in whole:
        if counted[_identity(each.manifest)] > 1:
            yield f"{each.label}: another resource is the same object"


def _order(wanted: Wanted) -> int:
    kind = wanted.manifest["apiVersion"], wanted.manifest["kind"]
    return KEPT.index(kind) if kind in KEPT else len(KEPT)


def _identity(manifest: Mapping[str, Any]) -> Sequence[str]:
    """Versions of a kind are views of the same object."""
    metadata = manifest["metadata"]
    group = manifest["apiVersion"].rpartition("/")[0]
    return group, manifest["kind"], metadata["namespace"], str(metadata["name"])
