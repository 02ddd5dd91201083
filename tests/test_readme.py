"""The README is true: its commands print what it shows, its Python blocks build what they say."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from toolkit.recorder import record

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = (ROOT / "components" / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECONDS = re.compile(r"\d+\.\d+ s\b")


def blocks(language: str) -> list[str]:
    return [text for tag, text in BLOCK.findall(README + EXAMPLES) if tag == language]


def promised(code: str) -> list[str]:
    """The types that the lines ``# -> [count] type`` name."""
    lines = re.findall(r"^# -> (?:(\d+) )?(\S+)$", code, flags=re.MULTILINE)
    return sorted(kind for count, kind in lines for _ in range(int(count or 1)))


def commands() -> list[tuple[str, str]]:
    """Each ``$ command`` of the console blocks with the output that follows it."""
    parts = [re.split(r"^\$ ", text, flags=re.MULTILINE)[1:] for text in blocks("console")]
    split = [each.partition("\n") for part in parts for each in part]
    return [(command, output) for command, _, output in split]


def same(found: str, written: str) -> bool:
    """Equal but for seconds and trailing blanks; a line ``...`` stands for any lines."""
    pattern = re.escape(_plain(written)).replace(r"\.\.\.\n", r"(?:.*\n)*?")
    return re.fullmatch(pattern, _plain(found)) is not None


def _rewrite(written: str, found: str) -> None:
    """Put what a command prints now where README.md says what it printed once."""
    assert found.strip(), "the command printed nothing: that is no output to show"
    file = ROOT / "README.md"
    now = "\n".join(line.rstrip() for line in found.strip().splitlines()) + "\n"
    file.write_text(file.read_text(encoding="utf-8").replace(written, now), encoding="utf-8")


def _plain(text: str) -> str:
    lines = [SECONDS.sub("N s", line).rstrip() for line in text.strip().splitlines()]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(("command", "output"), commands())
def test_a_command_of_the_readme_prints_what_it_says(
    command: str, output: str, request: pytest.FixtureRequest
) -> None:
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    environment = {**outside, "COLUMNS": "100", "NO_COLOR": "1"}  # make may be what runs this test
    ran = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if request.config.getoption("--update") and "...\n" not in output and not same(ran.stdout, output):
        _rewrite(output, ran.stdout)
        output = ran.stdout
    assert same(ran.stdout, output), f"{ran.stdout}{ran.stderr}\nif it is meant: make inventory, and review"


@pytest.mark.parametrize("code", blocks("python"))
def test_a_python_block_of_the_readme_builds_what_it_says(code: str) -> None:
    graph = record(lambda: exec(code, {}), project="prontuario", stack="readme")  # noqa: S102 -- our own README
    made = sorted(each.type for each in graph.resources.values() if each.custom)
    assert graph.problems == []
    assert made == promised(code)


def test_the_readme_has_both_kinds_of_block_and_every_target() -> None:
    assert commands()
    assert blocks("python")
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert targets
    assert [target for target in targets if f"`make {target}" not in README] == []


def test_the_tools_that_the_readme_asks_for_are_here() -> None:
    assert shutil.which("make")
