"""Standard output belongs to the preview, whatever the program and the terminal do."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.toolkit.clinic import PROGRAM, clinic, command, surroundings, toolkit

NOISE = {
    "print": "print('noise')",
    "its own file descriptor": "import os; os.write(1, b'noise')",
    "a process": "import subprocess; subprocess.run(['echo', 'noise'])",
    "what Python keeps": "import sys; sys.__stdout__.write('noise')",
    "its end": "import atexit; atexit.register(print, 'noise')",
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return clinic(tmp_path / "clinic")


def shell(place: Path, line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A preview by ``bash``, ``line`` after it."""
    words = " ".join(command("preview", "dev"))
    return subprocess.run(
        ["bash", "-c", f"{words} {line}"],
        cwd=place,
        env={**surroundings(place), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("noise", NOISE.values(), ids=NOISE)
def test_one_document_is_all_that_standard_output_gets(checkout: Path, noise: str) -> None:
    checkout.joinpath("__main__.py").write_text(f"{noise}\n{PROGRAM}", encoding="utf-8")

    done = toolkit(checkout, "preview", "dev", "--json")

    assert json.loads(done.stdout)["project"] == "clinic"
    assert "noise" in done.stderr


def test_a_reader_that_leaves_early_does_not_turn_a_refusal_into_a_success(checkout: Path) -> None:
    checkout.joinpath("__main__.py").write_text(PROGRAM.replace("byte_length=4", 'byte_length="four"'))

    done = shell(checkout, "--json | head -c 1; exit ${PIPESTATUS[0]}")

    assert (done.returncode, done.stdout) == (1, "{")


def test_a_full_disk_is_told_in_one_line(checkout: Path) -> None:
    done = shell(checkout, "> /dev/full")

    assert done.returncode == 1
    assert done.stderr.endswith("error: the preview cannot be written: No space left on device\n")
    assert "Traceback" not in done.stderr


def test_closed_streams_are_told_where_anything_can_be_told(checkout: Path) -> None:
    without_output, without_errors = shell(checkout, ">&-"), shell(checkout, "2>&-")

    assert without_output.returncode == 1
    assert without_output.stderr == "error: standard output is closed: there is nowhere to write to\n"
    assert without_errors.returncode == 0
    assert without_errors.stdout.startswith("Preview of clinic/dev\n")


def test_a_terminal_without_the_letters_gets_a_screen_and_a_document_anyway(checkout: Path) -> None:
    screen = shell(checkout, "", PYTHONIOENCODING="ascii")
    document = shell(checkout, "--json", PYTHONIOENCODING="ascii")

    assert screen.returncode == 0
    assert "+4  ?? north" in screen.stdout
    assert json.loads(document.stdout)["stack"] == "dev"
