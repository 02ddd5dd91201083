"""Every invalid stack file gives its own exact report, and nothing is registered.

Reports name lines. Where a committed stack file changes, ``pytest tests/settings/test_invalid.py --update``
writes them anew; review the diff.
"""

from pathlib import Path

import pytest
import yaml

from tests.settings.corpus import CASES, ROOT, rewrite, stack_file
from toolkit.program import Program, ProgramError


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the project file and the program, and no stack file."""
    for name in ("Pulumi.yaml", "__main__.py"):
        tmp_path.joinpath(name).write_text(ROOT.joinpath(name).read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("case_file", CASES, ids=lambda file: file.stem)
def test_an_invalid_stack_file_is_reported_exactly(
    case_file: Path, checkout: Path, pytestconfig: pytest.Config
) -> None:
    case = yaml.safe_load(case_file.read_text(encoding="utf-8"))
    stack = case.get("stack", "prod")
    checkout.joinpath(f"Pulumi.{stack}.yaml").write_text(stack_file(case), encoding="utf-8")
    seen: list[int] = []
    with pytest.raises(ProgramError) as refusal:
        Program.read(checkout, stack).run(progress=seen.append)
    if pytestconfig.getoption("update"):
        rewrite(case_file, refusal.value.message)
    else:
        assert refusal.value.message == case["says"].rstrip("\n")
    assert not seen


def test_the_corpus_is_large_and_every_case_says_something() -> None:
    assert len(CASES) >= 160
    assert all("says" in yaml.safe_load(case.read_text(encoding="utf-8")) for case in CASES)
