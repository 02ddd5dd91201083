"""Records the program of another checkout with the toolkit of this one: ``python -m toolkit.worker``."""

import os
import pickle
import sys
from pathlib import Path
from typing import Final

from toolkit.program import Program, ProgramError

USAGE: Final = "usage: python -m toolkit.worker <root of the program> <stack> <output file>"
FAILED, MISUSED = 1, 2


def main(arguments: list[str]) -> int:
    """Write the pickled graph of a program into a file; 1 and a readable report when the program fails."""
    match arguments:
        case [root, stack, output]:
            return _record(Path(root).resolve(), stack, Path(output).resolve())
    sys.stderr.write(f"{USAGE}\n")
    return MISUSED


def _record(root: Path, stack: str, output: Path) -> int:
    _leave()
    try:
        graph = Program.read(root, stack).run()
    except ProgramError as error:
        sys.stderr.write("\n".join(filter(None, (error.message, error.hint))) + "\n")
        return FAILED
    output.write_bytes(pickle.dumps(graph))
    return 0


def _leave() -> None:
    """Forget this checkout: settings, components and stacks are the other's. The toolkit is loaded."""
    here = Path(__file__).parents[1]
    sys.path[:] = [entry for entry in sys.path if Path(entry or os.curdir).resolve() != here]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
