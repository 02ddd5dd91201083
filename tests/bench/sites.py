"""How recording grows with the hospitals: 1, 10 and 100 sites, each in a process of its own."""

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
from tests.settings.many import settings_with
from toolkit.program import Program

COUNTS: Final = (1, 10, 100)


def table() -> Table:
    """Time and memory of a recording, in all and for each resource."""
    rows = Table(
        "sites", "resources", "record", "ms a resource", "memory", "KiB a resource", title="Recording prod"
    )
    for count in COUNTS:
        seen = json.loads(subprocess.check_output([sys.executable, "-m", __name__, str(count)], cwd=ROOT))
        rows.add_row(
            str(count),
            str(seen["resources"]),
            f"{seen['seconds']:.3f} s",
            f"{1000 * seen['seconds'] / seen['resources']:.2f}",
            f"{seen['bytes'] / 2**20:.1f} MiB",
            f"{seen['bytes'] / 1024 / seen['resources']:.1f}",
        )
    return rows


def program_with(count: int) -> Program:
    """The real program with prod's stack file, and ``count`` hospitals in it."""
    prod = Program.read(ROOT, "prod")
    return Program(
        root=prod.root,
        stack=prod.stack,
        project=prod.project,
        config={**prod.config, "prontuario:settings": json.dumps(settings_with(count))},
        secret_keys=prod.secret_keys,
    )


def _measure(count: int) -> dict[str, float]:
    """Seconds of the best of five recordings, and the bytes that one graph holds."""
    gc.disable()  # as the command itself runs
    program = program_with(count)
    graph = program.run()  # imports and caches
    walls = []
    for _ in range(5):
        start = time.perf_counter()
        program.run()
        walls.append(time.perf_counter() - start)
    return {"resources": len(graph.resources), "seconds": min(walls), "bytes": _held(program)}


def _held(program: Program) -> float:
    """The bytes that one more graph takes, beside those of others: now and then one makes a cache grow."""
    tracemalloc.start()
    graphs, sizes = [], []
    for _ in range(6):
        graphs.append(program.run())
        gc.collect()
        sizes.append(tracemalloc.get_traced_memory()[0])
    return statistics.median(after - before for before, after in pairwise(sizes))


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]))))  # noqa: T201 -- the answer to the table's process
