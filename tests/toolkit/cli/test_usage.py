"""Wrong usage is answered before anything heavy is loaded, and says what to do."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.toolkit.clinic import HOUSE, surroundings, toolkit


def test_a_stack_without_a_file_is_an_error(checkout: Path) -> None:
    done = toolkit(checkout, "preview", "nowhere")

    assert (done.returncode, done.stdout) == (1, "")
    assert "Pulumi.nowhere.yaml" in done.stderr


def test_outside_of_any_project_the_message_says_so(tmp_path: Path) -> None:
    place = tmp_path / "elsewhere"
    place.mkdir()

    done = toolkit(place, "preview", "dev")

    assert (done.returncode, done.stderr) == (
        1,
        "error: no Pulumi.yaml here or in any directory above: go to the checkout first\n",
    )


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["destroy"],
        ["preview", "--colour"],
        ["preview", "dev", "prod"],
        ["preview", "../prod"],
        ["preview", "--engine", "pulumi", "--json"],
        ["preview", "--engine", "pulumi", "--against", "main"],
        ["preview", "--engine", "terraform"],
        ["preview", "dev", "--against", ""],
        ["up"],
    ],
)
def test_wrong_usage_is_answered_with_two(checkout: Path, arguments: list[str]) -> None:
    done = toolkit(checkout, *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: python -m toolkit")


def test_help_and_wrong_usage_wait_for_no_import() -> None:
    heavy = (
        "import sys, toolkit.cli; print(sorted({'pulumi', 'rich', 'yaml', 'pydantic'} & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", heavy], cwd=HOUSE, capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"


def test_json_needs_no_screen(checkout: Path) -> None:
    watched = (
        "import sys; from toolkit.cli import main; main(['preview', 'dev', '--json']); "
        "print('rich' in sys.modules, file=sys.stderr)"
    )

    done = subprocess.run(
        [sys.executable, "-c", watched],
        cwd=checkout,
        env=surroundings(checkout),
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr.splitlines()[-1] == "False"
