"""``python -m accelerator serve SETTINGS MODEL`` or ``ready SETTINGS``: what launchd starts."""

import json
import sys
from pathlib import Path

from accelerator import ready, serve


def main(arguments: list[str]) -> int:
    """The program's exit status."""
    program, settings, *rest = arguments
    told = json.loads(Path(settings).read_text(encoding="utf-8"))
    if program == "serve":
        return serve.serve(told, rest[0])
    return ready.serve(told)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
