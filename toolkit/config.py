"""Project and stack files, read as Pulumi's CLI reads them."""

import json
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, NamedTuple

from toolkit.failure import ProgramError
from toolkit.yamlfile import read

SECURE: Final = "secure"
"""The key that marks an encrypted value."""

HIDDEN: Final = "[secret]"
"""What stands for an encrypted value, which only the real engine can read."""

TYPED: Final = frozenset({"type", "default", "value", "secret", "description", "items"})
"""What an entry of a project's ``config`` may consist of when it is no plain value."""


class Configuration(NamedTuple):
    """Config by full key, as JSON text unless it is text itself, and which of it is secret."""

    values: dict[str, str]
    secret_keys: frozenset[str]


def project_file(root: Path) -> Mapping[str, Any]:
    """What ``Pulumi.yaml`` says; it has a name at least."""
    file = root / "Pulumi.yaml"
    if not file.is_file():
        raise ProgramError(f"no Pulumi.yaml in {root}", "run this in the folder of the program")
    said = read(file)
    if not isinstance(said, dict) or not isinstance(said.get("name"), str):
        raise ProgramError("Pulumi.yaml: has no name", "begin it with `name: prontuario`")
    return said


def configuration(root: Path, project: Mapping[str, Any], stack: str) -> Configuration:
    """The stack's config over the project's defaults, as a program gets it."""
    name = project["name"]
    own = _keyed(stack_file(root, stack), f"Pulumi.{stack}.yaml", name)
    declared = _keyed(project, "Pulumi.yaml", name)
    defaults = {key: _default(entry) for key, entry in declared.items()}
    merged = {**{key: value for key, value in defaults.items() if value is not None}, **own}
    if lacking := sorted(key for key in declared if key.startswith(f"{name}:") and key not in merged):
        raise ProgramError(
            f"Pulumi.{stack}.yaml: no {', '.join(lacking)}, which Pulumi.yaml declares without a default",
            f"write it below config: in Pulumi.{stack}.yaml",
        )
    return Configuration(
        values={key: _text(value) for key, value in merged.items()},
        secret_keys=frozenset(key for key, value in merged.items() if _secret(value)),
    )


def stack_file(root: Path, stack: str) -> Mapping[str, Any]:
    """What ``Pulumi.<stack>.yaml`` says; ``ProgramError`` when it says nothing, or is not there."""
    file = root / f"Pulumi.{stack}.yaml"
    if not file.is_file():
        raise ProgramError(*_absent(root, stack))
    said = read(file)
    if said is None:
        raise ProgramError(
            f"{file.name}: is empty", "begin it with `config:`; another stack's file shows how"
        )
    if not isinstance(said, dict):
        raise ProgramError(f"{file.name}: is {_kind(said)}, not keys with values", "begin it with `config:`")
    return said


def _absent(root: Path, stack: str) -> tuple[str, str]:
    stacks = sorted(file.name.split(".", 1)[1].removesuffix(".yaml") for file in root.glob("Pulumi.*.yaml"))
    if not stacks:
        return (
            f"no Pulumi.{stack}.yaml, nor any other stack file here",
            "run this in the folder of the program",
        )
    near = get_close_matches(stack, stacks, n=1)
    question = f"; did you mean {near[0]}?" if near else ""
    return f"no Pulumi.{stack}.yaml: the stacks here are {', '.join(stacks)}{question}", ""


def _config(said: Mapping[str, Any], file: str) -> Mapping[str, Any]:
    config = said.get("config")
    if config is not None and not isinstance(config, dict):
        raise ProgramError(
            f"{file}: config is {_kind(config)}, not keys with values",
            "write one key a line below it, indented",
        )
    return config or {}


def _keyed(said: Mapping[str, Any], file: str, project: str) -> dict[str, Any]:
    """A file's config. Keys without a namespace get the project's, unless that would make two keys one."""
    named = _named(_config(said, file))
    if twice := ", ".join(key for key in named if f"{project}:{key}" in named):
        raise ProgramError(f"{file}: {twice} stands there with {project}: and without", "keep one of each")
    return {key if ":" in key else f"{project}:{key}": value for key, value in named.items()}


def _default(entry: object) -> object:
    """What a project's ``config`` says about a key unless the stack says otherwise; ``None`` for nothing."""
    if isinstance(entry, dict) and entry.keys() <= TYPED:
        return entry.get("value", entry.get("default"))
    return entry


def _text(value: object) -> str:
    return value if isinstance(value, str) else HIDDEN if _encrypted(value) else json.dumps(_plain(value))


def _plain(value: object) -> object:
    """A value as JSON can hold it, keys in order, encrypted parts hidden, moments as the CLI writes them."""
    if _encrypted(value):
        return HIDDEN
    match value:
        case dict():
            return {key: _plain(item) for key, item in sorted(_named(value).items())}
        case list():
            return [_plain(item) for item in value]
        case date():
            return f"{value:%Y-%m-%d %H:%M:%S} +0000 UTC"
    return value


def _named(mapping: Mapping[Any, Any]) -> dict[str, Any]:
    """A mapping with text as keys."""
    return {
        key if isinstance(key, str) else json.dumps(key, default=str): item for key, item in mapping.items()
    }


def _secret(value: object) -> bool:
    """Whether any part of a value is encrypted."""
    if _encrypted(value):
        return True
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(_secret, parts))


def _encrypted(value: object) -> bool:
    return isinstance(value, dict) and value.keys() == {SECURE} and isinstance(value[SECURE], str)


def _kind(value: object) -> str:
    return (
        "a list"
        if isinstance(value, list)
        else f"the text {value!r}"
        if isinstance(value, str)
        else str(value)
    )
