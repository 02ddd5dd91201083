"""The report on a stack file: each problem with its line, its path, the bad value and what to write."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path as File
from textwrap import shorten
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from settings.fields.refusal import REFUSED, near
from settings.finding import Path, dotted
from settings.lines import Lines

ENCRYPTED: Final = "is encrypted, and settings hold no secrets; write it in clear, or keep it outside of them"

NUMBER: Final = re.compile(r"[-+]?\d+(\.\d+)?")

EXPECTED: Final[Mapping[str, str]] = {
    "string_type": "is not text; put it in quotes",
    "int_type": "is not a whole number",
    "bool_type": "is neither true nor false",
    "model_type": "is not a group of settings; write its keys below it, indented",
    "mapping_type": "is not a group of settings; write its keys below it, indented",
    "dict_type": "is not a group of settings; write its keys below it, indented",
    "tuple_type": "is not a list; write one item a line, each after a dash",
    "string_too_short": "is empty; write it out",
    "string_too_long": "is too long; write at most 100 characters",
    "too_short": "is empty; write at least one item",
}


def report(error: ValidationError | None, model: type[BaseModel], file: File) -> str:
    """Every problem in ``error`` and of the file, in the order of its lines; empty when there is none."""
    lines = Lines.of(file)
    hidden = lines.encrypted()
    sentences = [(path, f"{dotted(path)}: {ENCRYPTED}") for path in hidden]
    sentences += [
        (each["loc"], _sentence(each, model))
        for each in _telling(error.errors() if error else [])
        if not any(each["loc"][: len(path)] == path for path in hidden)  # it would show the value
    ]
    told = sorted({(lines.line(path), sentence) for path, sentence in sentences})
    if not told:
        return ""
    count = "1 problem" if len(told) == 1 else f"{len(told)} problems"
    body = [f"  {f'line {line}' if line else 'file':<9}{sentence}" for line, sentence in told]
    return "\n".join([f"{file.name}: {count}, nothing was registered", "", *body])


def _telling(errors: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """The errors without those that only follow from another one."""
    refused = {each["loc"] for each in errors if each["type"] == REFUSED}
    for each in errors:
        counted_without_its_bad_items = each["type"] == "too_short" and each["input"]
        missing_anyway = each["input"] is None and each["type"] != REFUSED and each["loc"] in refused
        if not counted_without_its_bad_items and not missing_anyway:
            yield each


def _sentence(error: ErrorDetails, model: type[BaseModel]) -> str:
    path = dotted(tuple(step for step in error["loc"] if step != "[key]"))
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return f"{path}: no such setting{_neighbours(error['loc'], model)}"
    if kind == "missing":
        return f"{path}: is missing; {_example(error['loc'], model)}"
    if error["input"] is None and kind != REFUSED:
        return f"{path}: is empty; {_example(error['loc'], model)}"
    if kind == REFUSED and error["input"] in (None, [], ()):
        return f"{path}: {context['message']}"
    return f"{path}: {_short(error['input'])} {_fault(error)}"


def _fault(error: ErrorDetails) -> str:
    """What is wrong with a value that is there, and what to write."""
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    match kind:
        case "int_type" if isinstance(value, str) and NUMBER.fullmatch(value):
            return "is text, not a whole number; remove the quotes"
        case "enum":
            return f"is not one of the choices; write {context['expected'].replace(chr(39), '')}"
        case str() if kind == REFUSED:
            return context["message"]
    return EXPECTED.get(kind) or _plain(error["msg"])


def _plain(message: str) -> str:
    return re.sub("^(Input|Value|String|Tuple) ", "", message)


def _short(value: object) -> str:
    """A value as it stands in the file; in quotes where it would not be seen for what it is."""
    match value:
        case Mapping():
            return "a group of settings"
        case list() | tuple():
            return "a list"
        case str() if value.isprintable() and value.strip() == value != "" and not NUMBER.fullmatch(value):
            return shorten(value, width=60, placeholder="…")
    return shorten(json.dumps(value, ensure_ascii=False, default=str), width=60, placeholder="…")


def _part(path: Path, model: type[BaseModel]) -> type[BaseModel]:
    """The part of the model that holds the last step of ``path``."""
    for step in path[:-1]:
        field = model.model_fields.get(step) if isinstance(step, str) else None
        model = next(_models(field.annotation), model) if field else model
    return model


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models(inner)


def _neighbours(path: Path, model: type[BaseModel]) -> str:
    names = [name for name in _part(path, model).model_fields if name != "environment"]
    return near(str(path[-1]), names) or f"; the settings here are {', '.join(names)}"


def _example(path: Path, model: type[BaseModel]) -> str:
    field = _part(path, model).model_fields.get(str(path[-1]))
    if field is None:  # an item of a list, or a name of the author's own choice
        return "write a value, or remove it"
    purpose = f" ({field.description})" if field.description else ""
    if field.examples:
        return f"write {path[-1]}: {field.examples[0]}{purpose}"
    inside = [name for part in _models(field.annotation) for name in part.model_fields]
    return f"write it with {', '.join(inside)} below it{purpose}"
