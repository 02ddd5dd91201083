"""The program of another commit, recorded in a worktree of its own while this one is recorded."""

import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from toolkit.baseline.failure import BaselineError
from toolkit.baseline.source import Baseline, Promise
from toolkit.graph import Graph

TOOLKIT: Final = Path(__file__).resolve().parents[2]
"""The checkout whose toolkit records both programs."""

HOOKS_OWN: Final = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"}
)
"""What git tells its hooks about their repository."""


def commit_of(ref: str, root: Path) -> str:
    """The commit that ``ref`` names in the repository around ``root``; empty when it names none."""
    return _git(root, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}").stdout.strip()


def dirty(root: Path) -> bool:
    """Whether the checkout around ``root`` differs from its commit; ``False`` outside of a repository."""
    return bool(_git(root, "status", "--porcelain").stdout.strip())


def is_shallow(root: Path) -> bool:
    """Whether the repository around ``root`` was cloned without its whole history, as CI does."""
    return _git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == "true"


@contextmanager
def recorded_at(ref: str, commit: str, root: Path, stack: str) -> Generator[Promise]:
    """What the program at ``commit`` asks for, recorded by a second process while the body runs.

    Its worktree is temporary and leaves neither files nor an entry in the repository, however the body ends.
    """
    place = Path(tempfile.mkdtemp(prefix="preview-"))
    tree = place / "tree"
    try:
        added = _git(root, "worktree", "add", "--detach", "--quiet", str(tree), commit)
        if added.returncode:
            raise BaselineError(f"git cannot check {ref} out beside this checkout: {added.stderr.strip()}")
        below = _git(root, "rev-parse", "--show-prefix").stdout.strip()
        with _recorded(_Program(ref, tree / below, stack), place / "graph") as promise:
            yield promise
    finally:
        _git(root, "worktree", "remove", "--force", str(tree))
        shutil.rmtree(place, ignore_errors=True)
        _git(root, "worktree", "prune")  # when the removal itself was interrupted


@dataclass(frozen=True, slots=True)
class _Program:
    ref: str
    root: Path
    stack: str

    @property
    def lack(self) -> str:
        """What it lacks to be a program with this stack; empty if nothing."""
        for name in ("Pulumi.yaml", "__main__.py", f"Pulumi.{self.stack}.yaml"):
            if not (self.root / name).is_file():
                return f"{self.ref} has no {name}, so everything is new"
        return ""


@contextmanager
def _recorded(program: _Program, output: Path) -> Generator[Promise]:
    """The recording of ``program`` on its way to ``output``; ended early when the body is."""
    if program.lack:
        empty = Baseline(graph=Graph(project="", stack=""), source=program.ref, notes=[program.lack])
        yield lambda: empty
        return
    command = [sys.executable, "-m", "toolkit.worker", str(program.root), program.stack, str(output)]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command, cwd=TOOLKIT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as worker:
        try:
            yield lambda: _read(program, worker, output)
        finally:
            worker.kill()


def _read(program: _Program, worker: subprocess.Popen[bytes], output: Path) -> Baseline:
    _, said = worker.communicate()
    if worker.returncode:
        report = said.decode(errors="replace").strip() or f"the worker ended with {worker.returncode}"
        raise BaselineError(
            f"the program at {program.ref} cannot be previewed:\n{report}",
            f"it is {program.ref} that fails, not this checkout: compare with a commit whose program works",
        )
    return Baseline(graph=pickle.loads(output.read_bytes()), source=program.ref)  # noqa: S301 - our own worker's


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What git answers about the repository around ``root``, hooks off; failed when there is no git at all.

    A preview that a hook started must not take the hook's repository and index for its own.
    """
    command = ["git", "-C", str(root), "-c", f"core.hooksPath={os.devnull}", *arguments]
    environment = {name: value for name, value in os.environ.items() if name not in HOOKS_OWN}
    try:
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - no shell
    except FileNotFoundError:
        return subprocess.CompletedProcess(command, 127, "", "git is not installed")
