"""What the auditors' report costs: prod, and exports of 1,000 and 10,000 resources, cold."""

import json
import sys
import tempfile
from pathlib import Path
from typing import Final

from rich.table import Table

from tests.bench.clock import timed
from tests.toolkit.audit.hospital import large

COUNTS: Final = (1_000, 10_000)
RUNS: Final = 3


def table() -> Table:
    """Whole commands, reading and writing included, and the sizes of what they write."""
    rows = Table("audit of", "time", "page", "JSON", title="Auditors' report")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _row(rows, "prod", "prod", place / "prod")
        for count in COUNTS:
            state = place / f"{count}.json"
            state.write_text(json.dumps(large(count)), encoding="utf-8")
            _row(rows, f"{count} resources", f"--state={state}", place / str(count))
    return rows


def _row(rows: Table, name: str, subject: str, out: Path) -> None:
    command = [sys.executable, "-m", "toolkit", "audit", subject, "--out", str(out)]
    (figure,) = timed(["sh", "-c", '"$@" || test $? = 1', "sh", *command], runs=RUNS)  # 1: it breaks rules
    page, data = (next(out.glob(f"*.{kind}")).stat().st_size for kind in ("html", "json"))
    rows.add_row(name, str(figure), f"{page / 2**20:.1f} MiB", f"{data / 2**20:.1f} MiB")
