"""The main job, cold, over the least it could take."""

import shutil
import sys

from rich.table import Table

from tests.bench.clock import Figure, python, timed
from tests.bench.modules import touch, used
from tests.stacks.graphs import STACKS


def table() -> Table:
    """For each stack: the preview, the floor (Pulumi and the modules used, imported), and their ratio."""
    rows = Table(
        "stack", "preview", "floor", "ratio", title="Cold offline preview (goal: at most 1.5 floors)"
    )
    for stack in STACKS:
        preview, floor = timed(_preview(stack), python(touch(used(stack))))
        rows.add_row(stack, str(preview), str(floor), f"{preview.median / floor.median:.2f}")
    rows.add_row("prod, real engine", _engine(), "", "")
    return rows


def _preview(stack: str) -> list[str]:
    return [sys.executable, "-m", "toolkit", "preview", stack]


def _engine() -> str:
    if not shutil.which("pulumi"):
        return "no pulumi on PATH"
    (figure,) = timed([*_preview("prod"), "--engine", "pulumi"], runs=3)
    return str(Figure(*figure))
