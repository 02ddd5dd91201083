"""YAML files as Pulumi's CLI understands them, and one readable error for each way in which they are none."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml

from toolkit.failure import ProgramError

PLAIN: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "bool": ("true|True|TRUE|false|False|FALSE", "tTfF"),
        "int": ("[-+]?(0b[01_]+|0x[0-9a-fA-F_]+|0o?[0-7_]*|[1-9][0-9_]*)", "-+0123456789"),
        "float": (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    }
)
"""The form and the first letters of values without quotes where gopkg.in/yaml.v3, which the CLI uses, differs
from PyYAML: there ``no`` and ``12:30`` are text, and ``1e3`` is a number."""


BEYOND_JSON: Final = frozenset(f"tag:yaml.org,2002:{name}" for name in ("binary", "omap", "pairs", "set"))
"""What YAML can say and config cannot."""


class Loader(yaml.SafeLoader):
    """PyYAML with the CLI's idea of values without quotes, and without what config cannot hold."""

    yaml_constructors = {  # noqa: RUF012 -- the base class's own form of it
        tag: construct
        for tag, construct in yaml.SafeLoader.yaml_constructors.items()
        if tag not in BEYOND_JSON
    }

    yaml_implicit_resolvers = {  # noqa: RUF012 -- the base class's own form of it
        letter: [(tag, form) for tag, form in known if tag.rpartition(":")[2] not in PLAIN]
        for letter, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


for name, (form, letters) in PLAIN.items():
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{name}", re.compile(f"^(?:{form})$"), list(letters))


def read(file: Path) -> Any:
    """What a YAML file says; ``ProgramError`` when it is none, or says something twice."""
    try:
        loader = Loader(file.read_text(encoding="utf-8"))
        tree = loader.get_single_node()
        if tree is None:
            return None
        if repeated := sorted(_repeated(tree)):
            told = [
                f"{file.name}: line {at}: {key} stands in line {first} already" for at, key, first in repeated
            ]
            raise ProgramError("\n".join(told), "keep one of each")
        return loader.construct_document(tree)
    except OSError as error:
        said = f"{file.name}: cannot be read: {error.strerror}"
        raise ProgramError(said, "look at its permissions") from None
    except UnicodeDecodeError as error:
        raise ProgramError(
            f"{file.name}: not UTF-8 text, at byte {error.start}", "save it as UTF-8"
        ) from None
    except yaml.MarkedYAMLError as error:
        raise ProgramError(f"{file.name}: {_seen(error)}", _hint(error)) from None
    except yaml.YAMLError as error:
        raise ProgramError(f"{file.name}: not YAML: {error}".partition("\n")[0], "write it anew") from None


def _repeated(tree: yaml.Node) -> Iterator[tuple[int, str, int]]:
    """Every key that stands twice in one mapping: its line, itself, and the line in which it stood first."""
    seen, todo = set(), [tree]
    while todo:
        node = todo.pop(0)
        if id(node) in seen or isinstance(node, yaml.ScalarNode):
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            yield from _repeated_in(node)
            todo += [value for _, value in node.value]
        else:
            todo += node.value


def _repeated_in(mapping: yaml.MappingNode) -> Iterator[tuple[int, str, int]]:
    lines: dict[str, int] = {}
    for key, _ in mapping.value:
        line = key.start_mark.line + 1
        if isinstance(key, yaml.ScalarNode) and key.value in lines:
            yield line, key.value, lines[key.value]
        elif isinstance(key, yaml.ScalarNode):
            lines[key.value] = line


def _seen(error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
    return f"{where}not YAML: {', '.join(part for part in (error.context, error.problem) if part)}"


def _hint(error: yaml.MarkedYAMLError) -> str:
    if r"'\t'" in (error.problem or ""):
        return "indent with spaces: YAML allows no tabs there"
    if "for the tag" in (error.problem or ""):
        return "write the value without the tag (what begins with an exclamation mark)"
    return "look at the indentation and the quotes of that line and of the one above it"
