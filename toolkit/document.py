"""A preview as one JSON document, for other programs. Its keys are a promise: they only grow."""

import json
from collections.abc import Mapping

from toolkit.compare import Change, totals
from toolkit.judge import Violation
from toolkit.preview import Preview
from toolkit.values import shown


def document(preview: Preview) -> str:
    """The preview as JSON text, resources in the order of their registration and deleted ones last.

    Secrets are ``[secret]`` and unknowns ``output<...>``, at every depth.
    """
    content = {
        "stack": preview.graph.stack,
        "project": preview.graph.project,
        "resources": [_resource(change) for change in preview.changes],
        "outputs": shown(preview.graph.exports),
        "summary": totals(preview.changes),
        "violations": [_violation(violation) for violation in preview.violations],
        "seconds": round(preview.seconds, 3),
    }
    return json.dumps(content, indent=2, ensure_ascii=False)


def _resource(change: Change) -> Mapping[str, object]:
    resource = change.resource
    return {
        "urn": resource.urn,
        "type": resource.type,
        "name": resource.name,
        "custom": resource.custom,
        "parent": resource.parent,
        "provider": resource.provider,
        "operation": change.operation,
        "inputs": shown(resource.inputs),
        "dependencies": list(resource.dependencies),
        "protect": resource.protect,
        "retainOnDelete": resource.retain_on_delete,
        "deletedWith": resource.deleted_with,
        "ignoreChanges": list(resource.ignore_changes),
        "additionalSecretOutputs": list(resource.additional_secret_outputs),
    }


def _violation(violation: Violation) -> Mapping[str, object]:
    return {
        "rule": violation.rule,
        "severity": violation.severity,
        "urn": violation.urn,
        "message": violation.message,
        "controls": list(violation.controls),
    }
