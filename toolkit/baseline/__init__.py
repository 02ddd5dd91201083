"""What a preview is compared with: a state that was exported, or the program of another commit."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from toolkit.baseline.export import read_export
from toolkit.baseline.failure import BaselineError
from toolkit.baseline.ref import commit_of, is_shallow, recorded_at
from toolkit.baseline.source import Baseline, Promise

NAMES: Final = (
    "name a file written by `pulumi stack export`, or a branch, tag or commit (`git log --oneline`)"
)

SHALLOW: Final = "this clone holds no history before its first commit: `git fetch --unshallow` brings it"

__all__ = ["Baseline", "BaselineError", "Promise", "baseline"]


@contextmanager
def baseline(against: str, root: Path, stack: str) -> Generator[Promise]:
    """What ``against`` names, a file if there is such a file and else a git ref, for one stack of ``root``.

    It is prepared while the body runs: ask for it as late as possible. Raises ``BaselineError`` when there is
    neither a file nor a ref of that name, and, once asked, when what is there cannot be read.
    """
    file = Path(against)
    if file.is_file():
        yield lambda: read_export(file)
    elif commit := commit_of(against, root):
        with recorded_at(against, commit, root, stack) as promise:
            yield promise
    else:
        raise BaselineError(
            f"nothing to compare with: {against!r} is neither a file nor a git ref of this repository",
            SHALLOW if is_shallow(root) else NAMES,
        )
