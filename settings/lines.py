"""Where in a stack file its settings stand, and which of them are encrypted."""

from collections.abc import Iterator
from pathlib import Path as File
from typing import Any, Final, Self

import yaml

from settings.finding import Path

HOMES: Final = ("prontuario:settings", "settings")
"""The keys below ``config`` under which settings may stand; without a namespace Pulumi adds the project's."""


class Lines:
    """The settings of a stack file as a tree of lines; empty when the file cannot be read as YAML."""

    def __init__(self, tree: yaml.Node | None) -> None:
        config = _step(tree, "config")
        homes = (_step(config[1], home) for home in HOMES) if config else ()
        self._home = next(filter(None, homes), None) or config

    @classmethod
    def of(cls, file: File) -> Self:
        """The lines of ``file``."""
        try:
            return cls(yaml.compose(file.read_text(encoding="utf-8")))
        except (OSError, yaml.YAMLError):
            return cls(None)

    def line(self, path: Path) -> int:
        """The line of the deepest step of ``path`` that the file has; 0 when it has none of them."""
        found = self._home
        for step in path:
            below = _step(found[1], step) if found else None
            if below is None:
                break
            found = below
        return found[0].start_mark.line + 1 if found else 0

    def encrypted(self) -> list[Path]:
        """The paths of all encrypted values."""
        return [*_encrypted(self._home[1], ())] if self._home else []


def _step(node: yaml.Node | None, step: str | int) -> Any:
    match node:
        case yaml.MappingNode():
            return next((pair for pair in node.value if pair[0].value == step), None)
        case yaml.SequenceNode() if isinstance(step, int) and step < len(node.value):
            return (node.value[step], node.value[step])
    return None


def _encrypted(node: yaml.Node, path: Path) -> Iterator[Path]:
    match node:
        case yaml.MappingNode(value=[(yaml.ScalarNode(value="secure"), yaml.ScalarNode())]):
            yield path
        case yaml.MappingNode():
            for key, value in node.value:
                yield from _encrypted(value, (*path, str(key.value)))
        case yaml.SequenceNode():
            for index, value in enumerate(node.value):
                yield from _encrypted(value, (*path, index))
