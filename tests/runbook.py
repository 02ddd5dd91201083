"""The commands of a runbook, for the test that executes its drill: so neither drifts from the other."""

import re
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parents[1] / "docs" / "runbooks"
BLOCK: Final = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def block(runbook: str, heading: str, language: str) -> str:
    """The one block in that language under that heading (of any level)."""
    text = (FOLDER / f"{runbook}.md").read_text(encoding="utf-8")
    _, found, rest = text.partition(f"# {heading}\n")
    assert found, f"{runbook} has no heading {heading!r}"
    here = re.split(r"^#+ ", rest, maxsplit=1, flags=re.MULTILINE)[0]
    (code,) = [code for tag, code in BLOCK.findall(here) if tag == language]
    return code
