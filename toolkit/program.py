"""A Pulumi program on disk, with the stack for which it runs."""

import json
import runpy
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from toolkit.config import configuration, project_file
from toolkit.failure import ProgramError, failure
from toolkit.graph import Graph
from toolkit.recorder import record

__all__ = ["Program", "ProgramError"]

MAIN: Final = "__main__.py"

WITHOUT_DEFAULT: Final = "pulumi:disable-default-providers"
"""The config key that lists the packages whose resources must name their provider."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Program:
    """The program in ``root``, ready to be recorded for one of its stacks."""

    root: Path
    stack: str
    project: str
    config: Mapping[str, str]
    secret_keys: frozenset[str]

    @classmethod
    def read(cls, root: Path, stack: str) -> Self:
        """The program with the config of ``stack``; ``ProgramError`` when one of its files is wrong."""
        root = root.resolve()
        project = project_file(root)
        try:
            config = configuration(root, project, stack)
        except RecursionError:
            raise ProgramError(
                f"Pulumi.{stack}.yaml: a value holds itself, or others a thousand levels deep",
                "look at its anchors (&) and aliases (*)",
            ) from None
        if not (root / MAIN).is_file():
            raise ProgramError(f"no {MAIN} in {root}", "run this in the folder of the program")
        return cls(
            root=root,
            stack=stack,
            project=project["name"],
            config=config.values,
            secret_keys=config.secret_keys,
        )

    def run(
        self, *, preview: bool = True, echo: bool = True, progress: Callable[[int], None] | None = None
    ) -> Graph:
        """The graph that the program asks for, as ``toolkit.recorder.record`` describes it.

        ``ProgramError`` when the program fails, with its author's own lines only.
        """
        without_default = _packages(self.config.get(WITHOUT_DEFAULT, "[]"))
        try:
            with _at_home(self.root):
                return record(
                    lambda: runpy.run_path(str(self.root / MAIN), run_name="__main__"),
                    project=self.project,
                    stack=self.stack,
                    config=self.config,
                    secret_keys=self.secret_keys,
                    preview=preview,
                    echo=echo,
                    progress=progress,
                    disabled_providers=without_default,
                )
        except (Exception, SystemExit) as error:
            raise failure(error, self.root) from error


@contextmanager
def _at_home(root: Path) -> Generator[None]:
    """The directory, the import path and the arguments that Pulumi gives a Python program."""
    path, arguments = sys.path, sys.argv
    sys.path, sys.argv = [str(root), *path], [str(root)]
    try:
        with chdir(root):
            yield
    finally:
        sys.path, sys.argv = path, arguments


def _packages(text: str) -> tuple[str, ...]:
    """The packages of a JSON list; ``ProgramError`` when it is none."""
    try:
        packages = json.loads(text)
    except ValueError:
        packages = None
    if not isinstance(packages, list):
        raise ProgramError(f"{WITHOUT_DEFAULT} is {text}, not a list", "write it as [gcp, kubernetes]")
    return (*map(str, packages),)
