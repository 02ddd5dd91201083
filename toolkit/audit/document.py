"""The report as one JSON document, for other programs. Its keys are a promise: they only grow.

Sentences come in both languages, as ``{"en": ..., "pt": ...}``. No secret is in it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime

from toolkit.audit.report import Report

FORMAT = 1
"""Changes when a key goes or gets another meaning."""


def document(report: Report) -> str:
    """The report as JSON text."""
    counts = {"counts": report.counts, "refused": report.refused}
    content = {
        "format": FORMAT,
        **counts,
        **{each.name: getattr(report, each.name) for each in fields(report)},
    }
    return json.dumps(_plain(content), ensure_ascii=False, indent=1)


def _plain(value: object) -> object:
    """Dataclasses as objects, with what they derive left out; dates as ISO text."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case str() | int() | float() | None:
            return value
        case Sequence():
            return [_plain(item) for item in value]
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return str(value)
