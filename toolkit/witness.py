"""Where the exceptions of a run came from."""

import asyncio
from collections.abc import Awaitable
from types import TracebackType
from typing import Any


class Witness:
    """Keeps the traceback of whatever fails in a task; an awaited task forgets its own.

    The SDK awaits each of its tasks several times, and CPython 3.11 drops a failed one's traceback at the
    second (``future_get_result`` in ``_asynciomodule.c``): the author's line would be gone.
    """

    def __init__(self) -> None:
        self._seen: dict[int, tuple[Exception, TracebackType | None]] = {}

    def task(self, loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any) -> asyncio.Task[Any]:
        """A task under observation: what an event loop asks its task factory for."""
        return asyncio.Task(self._observed(coroutine), loop=loop, **options)

    def restore(self) -> None:
        """Give every exception the traceback that it had where it was raised."""
        for error, place in self._seen.values():
            error.__traceback__ = place

    async def _observed(self, coroutine: Awaitable[Any]) -> object:
        try:
            return await coroutine
        except Exception as error:
            self._seen.setdefault(id(error), (error, error.__traceback__))
            raise
