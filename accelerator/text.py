"""Text models, by mlx-lm's own server.

It says of itself that it is not for production: it loads whatever model a request names, and logs requests
that it cannot read. So it is kept to one model and without a voice, and stands behind the proxy.
"""

import sys
from collections.abc import Mapping
from typing import Any

from accelerator.quiet import Say


def arguments(model: Mapping[str, Any]) -> list[str]:
    """The server's, as of mlx-lm 0.32: it has no limit of active memory; ``guard`` is that limit."""
    return [
        *("--model", model["path"]),
        *("--host", "127.0.0.1"),
        *("--port", str(model["port"])),
        *("--log-level", "CRITICAL"),
        *("--max-tokens", "2048"),
        *("--decode-concurrency", str(model["together"])),
        *("--prompt-concurrency", "1"),
        *("--prompt-cache-size", str(model["together"])),
        *("--prompt-cache-bytes", str(model["context_bytes"])),
        *("--allowed-origins", "null"),
    ]


def serve(model: Mapping[str, Any], say: Say) -> None:
    """Until the process ends."""
    from mlx_lm import server  # noqa: PLC0415  # ty: ignore[import-not-found] -- on the Mac alone

    class OneModel(server.ModelProvider):
        """Whatever a request names, the model is ours: no other is read from disk, no adapter, no draft."""

        def load(self, *_asked: object, **_named: object) -> Any:
            return super().load("default_model", None, "default_model")

    server.ModelProvider = OneModel
    server.APIHandler.log_message = lambda *_: None
    sys.argv = ["mlx_lm.server", *arguments(model)]
    server.main()
    say("the server ended")
