"""A small program, written line by line."""

from pathlib import Path

import pytest

from toolkit.graph import Graph
from toolkit.program import Program, ProgramError

CONFIG = "import json, pulumi\nconfig = pulumi.Config()\n"


class Checkout:
    """A small program in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("Pulumi.yaml", "name: clinic\nruntime: python\n")
        self.write("Pulumi.dev.yaml", "config: {}\n")
        self.write("__main__.py", "")

    def write(self, name: str, text: str) -> None:
        """A file of the program."""
        file = self.root / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def read(self, stack: str = "dev") -> Program:
        """The program, not run yet."""
        return Program.read(self.root, stack)

    def run(self) -> Graph:
        """What the program asks for."""
        return self.read().run()

    def refusal(self, stack: str = "dev") -> ProgramError:
        """The error that reading or running it gives."""
        with pytest.raises(ProgramError) as refused:
            self.read(stack).run()
        return refused.value


def stack(checkout: Checkout, config: str) -> Program:
    """The program with ``config`` in its stack file, not run yet."""
    checkout.write("Pulumi.dev.yaml", f"secretsprovider: x\nencryptionsalt: y\nconfig:\n{config}")
    return checkout.read()
