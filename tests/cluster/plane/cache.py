"""Where built programs lie: outside the checkout, so that every clone finds them."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tests.cluster.plane.recipe import PROGRAMS, version


def folder() -> Path:
    """The folder of this recipe's programs, whether it is there or not."""
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(caches) / "prontuario" / "cluster" / version()


def built() -> bool:
    """Whether all programs are there; a build that was interrupted leaves nothing here."""
    return all((folder() / "bin" / program).is_file() for program in PROGRAMS)


@contextmanager
def exclusive() -> Generator[None]:
    """One build at a time on this machine: a second one waits, and then finds what the first made."""
    above = folder().parent
    above.mkdir(parents=True, exist_ok=True)
    with (above / f"{version()}.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def filled() -> Generator[Path]:
    """A folder to build in, which becomes the cache when the body succeeds and vanishes when it does not."""
    target = folder()
    work = Path(tempfile.mkdtemp(prefix=f".{version()}-", dir=target.parent))
    try:
        yield work
        shutil.rmtree(target, ignore_errors=True)  # what an older, damaged build left
        work.rename(target)
        target.chmod(0o755)
    finally:
        shutil.rmtree(work, ignore_errors=True)
