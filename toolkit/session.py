"""The surroundings in which a program runs offline: its own event loop and settings, nothing left over."""

import asyncio
import gc
from collections.abc import Callable, Collection, Generator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pulumi.runtime import run_in_stack
from pulumi.runtime.config import set_all_config
from pulumi.runtime.settings import SETTINGS, reset_options

from toolkit.monitor import Monitor
from toolkit.witness import Witness


class Here(ThreadPoolExecutor):
    """Runs each call at once, in the calling thread: the order of registrations is always the same."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """``fn``'s result, or its exception, as a future that is done."""
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is the future's
            done.set_exception(error)
        return done


def run(
    program: Callable[[], object],
    monitor: Monitor,
    *,
    config: Mapping[str, str],
    secret_keys: Collection[str],
    preview: bool,
) -> None:
    """Run ``program`` against ``monitor``; its exceptions come through, unfinished tasks do not survive."""

    async def session() -> None:
        """A task of its own has a context of its own: what it sets, nobody outside sees."""
        reset_options(project=monitor.graph.project, stack=monitor.graph.stack, preview=preview)
        SETTINGS.monitor = monitor
        SETTINGS.organization = "organization"  # what the engine says of a backend without organizations
        SETTINGS.root_directory = str(Path.cwd())
        set_all_config(dict(config), list(secret_keys))
        await run_in_stack(lambda: _silent(program()))

    witness = Witness()
    try:
        with _collection_paused(), asyncio.Runner(loop_factory=lambda: _loop(witness)) as runner:
            runner.run(session())
    except Exception:
        witness.restore()
        raise


@contextmanager
def _collection_paused() -> Generator[None]:
    """No search for garbage among a run's many tasks: it would cost more than the run, and find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _silent(_result: object) -> None:
    """A program's result means nothing."""


def _loop(witness: Witness) -> asyncio.AbstractEventLoop:
    """A loop that keeps quiet about what a failed program leaves behind: the exception says enough."""
    loop = asyncio.new_event_loop()
    loop.set_task_factory(witness.task)
    loop.set_default_executor(Here(max_workers=1))
    loop.set_exception_handler(lambda _loop, _context: None)
    return loop
