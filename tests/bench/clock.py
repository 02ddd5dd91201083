"""Whole processes, timed from outside, several times."""

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[2]
RUNS: Final = 5


class Figure(NamedTuple):
    """Wall seconds of several runs."""

    median: float
    least: float
    most: float

    def __str__(self) -> str:
        return f"{self.median:.2f} s ({self.least:.2f} to {self.most:.2f})"


def timed(*commands: Sequence[str], runs: int = RUNS) -> list[Figure]:
    """Each command's figure; the commands take turns, after one run of each that is not counted."""
    walls: list[list[float]] = [[] for _ in commands]
    for run in range(runs + 1):
        for command, wall in zip(commands, walls, strict=True):
            start = time.perf_counter()
            subprocess.run([*command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
            if run:
                wall.append(time.perf_counter() - start)
    return [Figure(statistics.median(wall), min(wall), max(wall)) for wall in walls]


def python(code: str) -> list[str]:
    """The command that runs ``code`` in a fresh interpreter."""
    return [sys.executable, "-c", code]
