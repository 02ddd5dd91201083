"""A preview that is ended early, by its reader or by a signal, is quiet and leaves nothing behind."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.toolkit.clinic import command, commit, nothing_is_left, surroundings


def test_a_reader_that_has_seen_enough_is_no_error(checkout: Path) -> None:
    checkout.joinpath("Pulumi.dev.yaml").write_text("config:\n  clinic:beds: 3000\n")
    preview = subprocess.Popen(
        command("preview", "dev", "--diff"),
        cwd=checkout,
        env=surroundings(checkout),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert preview.stdout
    assert preview.stderr

    assert preview.stdout.readline() == "Preview of clinic/dev\n"
    preview.stdout.close()

    assert preview.stderr.read() == "the program prints\n"
    assert preview.wait() == 0


SLOW = """\
import os, tempfile, time
with open(tempfile.gettempdir() + "/../running", "a") as running:
    print(os.getpid(), file=running, flush=True)
time.sleep(60)
"""


def running(checkout: Path) -> list[int]:
    """The processes that run the slow program, once both of them do: ours and the one at the ref."""
    file = checkout.parent / "running"
    for _ in range(200):
        if file.exists() and len(found := file.read_text().split()) == 2:
            return [*map(int, found)]
        time.sleep(0.1)
    raise AssertionError("the program did not start twice")


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_preview_is_quiet_and_leaves_nothing_behind(
    checkout: Path, ending: signal.Signals
) -> None:
    checkout.joinpath("__main__.py").write_text(SLOW)
    commit(checkout, "a program that takes its time")
    preview = subprocess.Popen(
        command("preview", "dev", "--against", "HEAD"),
        cwd=checkout,
        env=surroundings(checkout),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    processes = running(checkout)

    preview.send_signal(ending)
    said = preview.communicate(timeout=20)

    assert (preview.returncode, said) == (130, ("", ""))
    assert not any(map(alive, processes))
    assert nothing_is_left(checkout)
