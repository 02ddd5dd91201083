"""The worker runs the program of another checkout, with that checkout's modules only."""

import pickle
import subprocess
import sys
from pathlib import Path

from tests.toolkit.clinic import HOUSE
from tests.toolkit.program.checkout import Checkout


def worker(checkout: Checkout, output: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "toolkit.worker", str(checkout.root), "dev", str(output)]
    return subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)


def test_the_worker_records_another_checkout_with_its_own_modules(checkout: Checkout, tmp_path: Path) -> None:
    checkout.write("settings/__init__.py", "WHERE = 'the other settings'\n")
    checkout.write("__main__.py", "import pulumi, settings\npulumi.export('where', settings.WHERE)\n")
    done = worker(checkout, tmp_path / "graph")
    assert (done.returncode, done.stderr) == (0, "")
    graph = pickle.loads((tmp_path / "graph").read_bytes())  # noqa: S301 -- written by our own worker
    assert graph.exports == {"where": "the other settings"}


def test_the_worker_finds_none_of_this_checkouts_modules(checkout: Checkout, tmp_path: Path) -> None:
    checkout.write("__main__.py", "import stacks\n")
    done = worker(checkout, tmp_path / "graph")
    assert done.returncode == 1
    assert done.stderr.startswith(
        "ModuleNotFoundError: No module named 'stacks'\n  __main__.py:1 in <module>"
    )
    assert not (tmp_path / "graph").exists()
