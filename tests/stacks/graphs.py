"""The graphs of the committed stacks, recorded once for all tests that read them."""

from functools import cache
from pathlib import Path
from typing import Final

from toolkit.graph import Graph
from toolkit.program import Program

ROOT: Final = Path(__file__).parents[2]
STACKS: Final = ("dev", "staging", "prod")


@cache
def graph_of(stack: str) -> Graph:
    """The graph of a committed stack, as a preview sees it."""
    return Program.read(ROOT, stack).run()
