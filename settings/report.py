"""The report on a stack file: each problem with its line, its path, the bad value and what to write."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path as File
from textwrap import shorten
from typing import Any, Final

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from settings.fields import REFUSED, near
from settings.finding import Path, dotted

EXPECTED: Final[Mapping[str, str]] = {
    "string_type": "is not text; put it in quotes",
    "int_type": "is not a whole number",
    "model_type": "is not a group of settings; write its keys below it, indented",
    "mapping_type": "is not a group of settings; write its keys below it, indented",
    "dict_type": "is not a group of settings; write its keys below it, indented",
    "tuple_type": "is not a list; write one item a line, each after a dash",
    "string_too_short": "is empty; write it out",
    "too_short": "is empty; write at least one item",
}


def report(error: ValidationError, model: type[BaseModel], file: File) -> str:
    """Every problem in ``error``, in the order of the file's lines as far as they can be found."""
    tree = _compose(file)
    told = sorted({(_line(tree, each["loc"]), _sentence(each, model)) for each in error.errors()})
    count = "1 problem" if len(told) == 1 else f"{len(told)} problems"
    lines = [f"{file.name}: {count}, nothing was registered", ""]
    lines += [f"  {f'line {line}' if line else 'file':<9}{sentence}" for line, sentence in told]
    return "\n".join(lines)


def _sentence(error: ErrorDetails, model: type[BaseModel]) -> str:
    path = dotted(tuple(step for step in error["loc"] if step != "[key]"))
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return f"{path}: no such setting{_neighbours(error['loc'], model)}"
    if kind == "missing":
        return f"{path}: is missing; {_example(error['loc'], model)}"
    value = _short(error["input"])
    if kind == REFUSED:
        shown = f"{path}: {value} " if error["input"] not in (None, [], ()) else f"{path}: "
        return shown + context["message"]
    if kind == "enum":
        return f"{path}: {value} is not one of the choices; write {context['expected'].replace(chr(39), '')}"
    return f"{path}: {value} {EXPECTED.get(kind) or _plain(error['msg'])}"


def _plain(message: str) -> str:
    return re.sub("^(Input|Value|String|Tuple) ", "", message)


def _short(value: object) -> str:
    text = (
        "a group of settings"
        if isinstance(value, Mapping)
        else "a list"
        if isinstance(value, list)
        else str(value) or '""'
    )
    return shorten(text, width=60, placeholder="…")


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
    field = _part(path, model).model_fields[str(path[-1])]
    purpose = f" ({field.description})" if field.description else ""
    if field.examples:
        return f"write {path[-1]}: {field.examples[0]}{purpose}"
    inside = [name for part in _models(field.annotation) for name in part.model_fields]
    return f"write it with {', '.join(inside)} below it{purpose}"


def _compose(file: File) -> yaml.Node | None:
    try:
        return yaml.compose(file.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError):
        return None


def _line(tree: yaml.Node | None, path: Path) -> int:
    """The line of the deepest step of ``path`` that the file has; 0 when it has none of them."""
    node, line = tree, 0
    for step in ("config", "prontuario:settings", *path):
        node = _step(node, step)
        if node is None:
            break
        line = node[0].start_mark.line + 1
        node = node[1]
    return line


def _step(node: yaml.Node | None, step: str | int) -> Any:
    match node:
        case yaml.MappingNode():
            return next((pair for pair in node.value if pair[0].value == step), None)
        case yaml.SequenceNode() if isinstance(step, int) and step < len(node.value):
            return (node.value[step], node.value[step])
    return None
