"""Serves one model on the loopback address, if Metal works."""

import os
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from accelerator import guard, probe, quiet, speech, state, text

NO_METAL: Final = 69
"""The exit status without a GPU; launchd tries again after its interval."""

SERVERS: Final[Mapping[str, Callable[..., None]]] = {"text": text.serve, "speech": speech.serve}


def serve(
    settings: Mapping[str, Any],
    name: str,
    look: Callable[[], probe.Finding] = probe.probe,
    servers: Mapping[str, Callable[..., None]] = SERVERS,
) -> int:
    """Runs until something ends it."""
    model = settings["models"][name]
    say = quiet.diary(Path(settings["logs"]) / f"model.{name}.log")
    word = Path(settings["run"]) / f"{name}.json"
    word.unlink(missing_ok=True)  # what the last process said is about another one
    found = look()
    say(found.why)
    if not found.works:
        state.write(word, {"at": time.time(), "metal": False, "why": found.why})
        return NO_METAL
    threading.Thread(target=_guard, args=(model["limit_bytes"], word, say), daemon=True).start()
    quiet.silence(say)
    say(f"serving {name} on 127.0.0.1:{model['port']}, at most {model['limit_bytes']} bytes")
    servers[model["kind"]](model, say)
    return 0


def _guard(limit: int, word: Path, say: quiet.Say) -> None:
    import mlx.core as mx  # noqa: PLC0415  # ty: ignore[import-not-found] -- on the Mac alone

    mx.set_memory_limit(limit)
    mx.set_cache_limit(limit // 8)

    def leave(status: int) -> None:
        say(f"more than {limit} bytes in use: starting anew")
        os._exit(status)

    guard.watch(
        lambda: mx.get_active_memory() + mx.get_cache_memory(),
        limit,
        lambda used: state.write(word, {"at": time.time(), "metal": True, "used": used}),
        leave,
    )
