"""``pulumi stack export`` files, read as graphs."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from toolkit.baseline.automatic import marked
from toolkit.baseline.failure import BaselineError
from toolkit.baseline.properties import properties
from toolkit.baseline.source import Baseline
from toolkit.graph import STACK, Graph, Resource
from toolkit.urn import Urn

VERSIONS: Final = (3, 4)
"""Deployment versions with this form; 4 adds only a list of features that the file needs."""

DEFAULT_PROVIDER: Final = re.compile(r"::pulumi:providers:[\w-]+::default(_[\w.-]+)?$")
"""The URN of a provider that the engine made by itself; it also removes it by itself."""

EXPORT: Final = "write one with `pulumi stack export --stack <stack> --file <file>`"

OTHERS: Final = {
    "checkpoint": "the checkpoint of a local backend",
    "resourcePlans": "an update plan",
    "steps": "the JSON output of `pulumi preview`",
    "violations": "the JSON output of this preview",
    "terraform_version": "a Terraform state",
}
"""Files that are taken for an export, by a key that only they have."""


def read_export(file: Path) -> Baseline:
    """The state in ``file``. Values that are encrypted in it are secrets of unknown content.

    Raises ``BaselineError`` when the file is no complete export.
    """
    return state_in(deployment_in(file), file)


def state_in(deployment: Mapping[str, Any], file: Path) -> Baseline:
    """The state that a deployment from ``file`` describes; ``BaselineError`` when it is damaged."""
    try:
        rows = [row for row in deployment.get("resources") or [] if _registered(row)]
        graph = _graph([row for row in rows if not row.get("delete")])
        notes = _pending(deployment, rows)
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise BaselineError(f"{file} is damaged: {error!r} in one of its resources", EXPORT) from error
    return Baseline(graph=graph, source=str(file), notes=notes, deployed=True)


def deployment_in(file: Path) -> dict[str, Any]:
    """The deployment of an export file, or an error that says what the file is instead."""
    try:
        document = json.loads(file.read_bytes())
    except UnicodeDecodeError as error:
        raise BaselineError(f"{file} is not text, so no stack export", EXPORT) from error
    except RecursionError:
        raise BaselineError(f"{file} is no stack export: its values are nested too deeply", EXPORT) from None
    except ValueError as error:
        raise BaselineError(f"{file} is no complete JSON, perhaps cut short: {error}", EXPORT) from error
    except OSError as error:
        raise BaselineError(f"{file} cannot be read: {error.strerror}") from error
    other = _other(document)
    if other:
        raise BaselineError(f"{file} is {other}, not a stack export", EXPORT)
    if document["version"] not in VERSIONS:
        raise BaselineError(
            f"{file} has version {document['version']}; this preview reads deployments of version 3 and 4",
            "export it again with a Pulumi CLI of the version that this project pins",
        )
    return document["deployment"]


def _other(document: object) -> str:
    """What a JSON document is if it is not an export; empty if it is one."""
    match document:
        case {"version": int(), "deployment": {**deployment}}:
            listed = isinstance(deployment.get("resources") or [], list)
            return "" if listed else "a document whose resources are no list"
        case {**keys}:
            return next((name for key, name in OTHERS.items() if key in keys), "some other JSON")
    return "some other JSON"


def _graph(rows: Sequence[Mapping[str, Any]]) -> Graph:
    resources = {row["urn"]: _resource(row) for row in rows}
    stack, _, rest = next(iter(resources), "").removeprefix("urn:pulumi:").partition("::")
    roots = [row for row in rows if row["type"] == STACK]
    exports = properties(roots[0].get("outputs") or {}) if roots else {}
    return Graph(project=rest.partition("::")[0], stack=stack, resources=resources, exports=exports)


def _registered(row: Mapping[str, Any]) -> bool:
    """Whether a program registered the resource: not looked up, no view of another, no default provider."""
    return not (row.get("external") or row.get("viewOf") or DEFAULT_PROVIDER.search(row["urn"]))


def _resource(row: Mapping[str, Any]) -> Resource:
    kind, custom = row["type"], bool(row.get("custom"))
    return Resource(
        urn=row["urn"],
        type=kind,
        name=Urn.parsed(row["urn"]).name,
        custom=custom,
        parent=row.get("parent") or "",
        provider=(row.get("provider") or "").rpartition("::")[0],
        inputs=marked(kind, properties(row.get("inputs") or {})),
        outputs=None if custom else properties(row.get("outputs") or {}),
        dependencies=row.get("dependencies") or (),
        property_dependencies=row.get("propertyDependencies") or {},
        protect=bool(row.get("protect")),
        retain_on_delete=bool(row.get("retainOnDelete")),
        deleted_with=row.get("deletedWith") or "",
        ignore_changes=row.get("ignoreChanges") or (),
        additional_secret_outputs=row.get("additionalSecretOutputs") or (),
        aliases=row.get("aliases") or (),
        import_id=row.get("importID") or "",
    )


def _pending(deployment: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """What an interrupted update left behind."""
    leftover = [f"replaced already, still to be deleted: {row['urn']}" for row in rows if row.get("delete")]
    operations = deployment.get("pending_operations") or []
    return leftover + [
        f"an update was interrupted while {operation.get('type', 'changing')}: {operation['resource']['urn']}"
        for operation in operations
    ]
