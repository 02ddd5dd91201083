"""How recording grows with the hospitals: 1, 10 and 100 sites, each in a process of its own.

Some are only joined; the others have machines, and all that runs on them.
"""

import gc
import json
import statistics
import subprocess
import sys
import time
import tracemalloc
from itertools import pairwise
from typing import Final

from rich.table import Table

from tests.bench.clock import ROOT
from tests.settings.many import hospitals_with, settings_with
from toolkit.program import Program

COUNTS: Final = (1, 10, 100)
RUNS: Final = 5
MANY: Final = 1000
"""Resources from which on one recording is enough to tell."""


def table() -> Table:
    """Time and memory of a recording, in all and for each resource."""
    rows = Table(
        "sites", "resources", "record", "ms a resource", "memory", "KiB a resource", title="Recording prod"
    )
    for count, what in ((count, what) for what in ("joined", "with machines") for count in COUNTS):
        command = [sys.executable, "-m", __name__, str(count), what]
        seen = json.loads(subprocess.check_output(command, cwd=ROOT))
        rows.add_row(
            f"{count} {what}",
            str(seen["resources"]),
            f"{seen['seconds']:.3f} s",
            f"{1000 * seen['seconds'] / seen['resources']:.2f}",
            f"{seen['bytes'] / 2**20:.1f} MiB",
            f"{seen['bytes'] / 1024 / seen['resources']:.1f}",
        )
    return rows


def program_with(count: int, what: str = "joined") -> Program:
    """The real program with prod's stack file, and ``count`` hospitals in it."""
    settings = settings_with(count) if what == "joined" else hospitals_with(count)
    prod = Program.read(ROOT, "prod")
    return Program(
        root=prod.root,
        stack=prod.stack,
        project=prod.project,
        config={**prod.config, "prontuario:settings": json.dumps(settings)},
        secret_keys=prod.secret_keys,
    )


def _measure(count: int, what: str) -> dict[str, float]:
    """Seconds of the best of some recordings, and the bytes that one graph holds."""
    gc.disable()  # as the command itself runs
    program = program_with(count, what)
    graph = program.run()  # imports and caches
    walls = []
    for _ in range(RUNS if len(graph.resources) < MANY else 1):
        start = time.perf_counter()
        program.run()
        walls.append(time.perf_counter() - start)
    return {
        "resources": len(graph.resources),
        "seconds": min(walls),
        "bytes": _held(program, len(graph.resources)),
    }


def _held(program: Program, size: int) -> float:
    """The bytes that one more graph takes, beside those of others: now and then one makes a cache grow."""
    tracemalloc.start()
    graphs, sizes = [], []
    for _ in range(6 if size < MANY else 2):
        graphs.append(program.run())
        gc.collect()
        sizes.append(tracemalloc.get_traced_memory()[0])
    return statistics.median(after - before for before, after in pairwise(sizes))


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]), sys.argv[2])))  # noqa: T201 -- the answer to the table's process
