"""CustomResourceDefinitions, from the schemas of the operators that the platform installs."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from time import monotonic, sleep
from typing import Any, Final

from tests.cluster.plane.client import Client
from tests.cluster.plane.process import PATIENCE
from tests.shared import SHARED

SCHEMAS: Final = SHARED / "schemas" / "crds"
"""A clone of the project has none."""

CRD: Final = {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition"}

Schema = Mapping[str, Any]


def known() -> list[dict[str, Any]]:
    """A definition of every kind in ``SCHEMAS``; nothing where there are none."""
    return merged(json.loads(file.read_text(encoding="utf-8")) for file in sorted(SCHEMAS.glob("*.json")))


def bring(client: Client, objects: Iterable[Mapping[str, Any]]) -> None:
    """Install the kinds of ``objects`` that the API server lacks, as far as their schemas are at hand.

    All of them at once would cost fifteen seconds of a processor.
    """
    kinds = {(each["apiVersion"], each["kind"]) for each in objects}
    files = (
        file
        for version, kind in sorted(kinds)
        if not client.knows(version, kind)
        for file in SCHEMAS.glob(f"{kind.lower()}_{version.rpartition('/')[0]}_*.json")
    )
    install(client, merged(json.loads(file.read_text(encoding="utf-8")) for file in files))


def merged(schemas: Iterable[Schema]) -> list[dict[str, Any]]:
    """One definition for each kind, with all of its versions; the newest one is stored."""
    ordered = sorted(schemas, key=_kind)
    return [_definition(list(versions)) for _, versions in groupby(ordered, key=_kind)]


def plural(kind: str) -> str:
    """The resource name of a kind, as its author would have derived it."""
    name = kind.lower()
    if name.endswith(("s", "x", "ch", "sh")):
        return f"{name}es"
    if name.endswith("y") and name[-2] not in "aeiou":
        return f"{name[:-1]}ies"
    return f"{name}s"


def install(client: Client, definitions: Sequence[Mapping[str, Any]]) -> None:
    """Create them all, and wait until the API server answers for each and tells its schema."""
    for each in definitions:
        client.create(each)
    end = monotonic() + PATIENCE
    waiting = [each for definition in definitions for each in _served(definition)]
    while waiting := [each for each in waiting if not _told(client, *each)]:
        if monotonic() > end:
            raise AssertionError(f"not served: {waiting}")
        sleep(0.2)


def _served(definition: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Group, version and kind of each version."""
    spec = definition["spec"]
    for each in spec["versions"]:
        if each["served"]:
            yield spec["group"], each["name"], spec["names"]["kind"]


def _told(client: Client, group: str, version: str, kind: str) -> bool:
    """The list of kinds and the schemas follow a definition one after the other."""
    if not client.knows(f"{group}/{version}", kind):
        return False
    wanted = {"group": group, "version": version, "kind": kind}
    schemas = client.schemas(f"{group}/{version}").values()
    return any(wanted in each.get("x-kubernetes-group-version-kind", ()) for each in schemas)


def _definition(versions: Sequence[Schema]) -> dict[str, Any]:
    group, kind = _kind(versions[0])
    name = plural(kind)
    stored = max((each for each in versions if each["served"]), key=_age, default=versions[-1])
    return {
        **CRD,
        "metadata": {"name": f"{name}.{group}", "annotations": _approval(group)},
        "spec": {
            "group": group,
            "scope": versions[0]["scope"],
            "names": {"kind": kind, "plural": name, "singular": kind.lower(), "listKind": f"{kind}List"},
            "versions": [_version(each, stored=each is stored) for each in versions],
        },
    }


def _version(schema: Schema, *, stored: bool) -> dict[str, Any]:
    served = {"name": schema["version"], "served": schema["served"], "storage": stored}
    status = {"subresources": {"status": {}}} if "status" in schema["schema"].get("properties", {}) else {}
    return {**served, **status, "schema": {"openAPIV3Schema": schema["schema"]}}


def _approval(group: str) -> dict[str, str]:
    """Groups of Kubernetes itself want to be told who approved their kinds."""
    if not group.endswith((".k8s.io", ".kubernetes.io")):
        return {}
    return {"api-approved.kubernetes.io": "unapproved, in tests only"}


def _kind(schema: Schema) -> tuple[str, str]:
    return schema["group"], schema["kind"]


def _age(schema: Schema) -> tuple[int, int, int]:
    """Sorts versions as Kubernetes does: v1 after v1beta2 after v1beta1 after v1alpha1."""
    found = re.fullmatch(r"v(\d+)(?:(alpha|beta)(\d+))?", schema["version"])
    if not found:
        return (-1, 0, 0)
    major, stage, minor = found.groups()
    return ({"alpha": 0, "beta": 1}.get(stage or "", 2), int(major), int(minor or 0))
