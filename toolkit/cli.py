"""The command line: ``python -m toolkit preview``, ``audit`` and ``up``.

What a command needs is imported when it runs, so that help and wrong usage are answered at once.
"""

import argparse
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn, TextIO

if TYPE_CHECKING:
    from toolkit.baseline import Promise
    from toolkit.preview import Preview

FINE: Final = 0
REFUSED: Final = 1
INTERRUPTED: Final = 130
"""What a shell reports for a command that Ctrl-C ended."""

NO_OUTPUT: Final = "standard output is closed: there is nowhere to write to"

NO_PROJECT: Final = "no Pulumi.yaml here or in any directory above: go to the checkout first"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 fine, 1 errors or mandatory violations, 2 wrong usage."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, _interrupt)
    sys.stderr = sys.stderr or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")  # when it is closed
    if sys.stdout is None:
        return _complain(NO_OUTPUT)
    options = _parser().parse_args(arguments)
    try:
        code = options.command(options)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m toolkit", description="The platform, seen before it is built."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_preview(commands.add_parser("preview", help="what `pulumi up` would do, with no cloud account"))
    _add_audit(commands.add_parser("audit", help="the auditors' report on a stack, as HTML and JSON"))
    up = commands.add_parser("up", help="the real engine on a real cloud")
    up.add_argument("stack", metavar="STACK", type=_stack)
    up.add_argument("extra", metavar="-- ARGUMENT", nargs="*", default=[], help="passed on to `pulumi up`")
    up.set_defaults(command=_up)
    return parser


def _add_preview(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "stack", metavar="STACK", nargs="?", default="prod", type=_stack, help="default: prod"
    )
    parser.add_argument(
        "--against", metavar="X", type=_named, help="compare with a stack export file or a git ref"
    )
    parser.add_argument("--all", action="store_true", help="show every resource")
    parser.add_argument("--diff", action="store_true", help="show every property of what changes")
    parser.add_argument("--json", action="store_true", help="write one JSON document instead of the screen")
    parser.add_argument(
        "--engine", choices=["pulumi"], help="ask the real engine instead, still with no account"
    )
    parser.set_defaults(command=lambda options: _preview(options, parser))


def _add_audit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("stack", metavar="STACK", nargs="?", type=_stack, help="default: prod")
    parser.add_argument("--state", metavar="FILE", type=Path, help="audit a stack export instead of a stack")
    parser.add_argument("--since", metavar="FILE", type=Path, help="an earlier export: tell what changed")
    parser.add_argument("--out", metavar="FOLDER", type=Path, help="where to write; default: .cache/audit")
    parser.add_argument(
        "--lang", choices=("pt", "en"), default="pt", help="the page opens in it; default: pt"
    )
    parser.set_defaults(command=lambda options: _audit(options, parser))


def _stack(name: str) -> str:
    """The name of a stack, as Pulumi allows them; whatever else it is would name another file."""
    if not name or not all(letter.isalnum() or letter in "-_." for letter in name) or name.startswith("-"):
        raise argparse.ArgumentTypeError(f"{name!r} is no name of a stack")
    return name


def _named(text: str) -> str:
    """What ``--against`` names; a variable that is not set must not pass for no comparison at all."""
    if not text:
        raise argparse.ArgumentTypeError("is empty: name a stack export file or a git ref")
    return text


def _preview(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    if options.engine:
        if options.against or options.all or options.json:
            parser.error("--engine shows Pulumi's own preview; of the other options it knows --diff only")
        return _engine("preview", options.stack, ["--diff"] if options.diff else [])
    from toolkit.baseline import BaselineError, baseline  # noqa: PLC0415 - see the module's docstring

    started = time.perf_counter()
    if (root := _project()) is None:
        return _complain(NO_PROJECT)
    try:
        with baseline(options.against, root, options.stack) if options.against else nullcontext() as promise:
            return _offline(options, root, promise, started)
    except BaselineError as error:
        return _complain(str(error), error.hint)


def _offline(options: argparse.Namespace, root: Path, promise: "Promise | None", started: float) -> int:
    """Record and show; the baseline is on its way meanwhile."""
    from toolkit.output import closing, reserved  # noqa: PLC0415 - see the module's docstring
    from toolkit.preview import preview  # noqa: PLC0415 - likewise
    from toolkit.program import Program, ProgramError  # noqa: PLC0415 - likewise
    from toolkit.progress import Progress  # noqa: PLC0415 - likewise

    out = reserved(document=options.json)
    try:
        program = Program.read(root, options.stack)
        with Progress(f"reading {options.stack}") as progress:
            done = preview(lambda: program.run(progress=progress), promise, started=started)
    except ProgramError as error:
        return _complain(str(error), error.hint)
    try:
        with closing(out):
            _print(done, options, out)
    except OSError as error:
        return _complain(f"the preview cannot be written: {error.strerror}")
    return REFUSED if done.refused else FINE


def _print(done: "Preview", options: argparse.Namespace, out: TextIO) -> None:
    if options.json:
        from toolkit.document import document  # noqa: PLC0415 - see the module's docstring

        out.write(document(done) + "\n")
        return
    from toolkit.screen import Depth, paper, show  # noqa: PLC0415 - likewise

    show(done, Depth(all=options.all, diff=options.diff), paper(out))


def _audit(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    if options.stack and options.state:
        parser.error("name a stack or --state, not both")
    from toolkit.audit.command import Order, audit  # noqa: PLC0415 - see the module's docstring
    from toolkit.audit.failure import AuditError  # noqa: PLC0415 - likewise
    from toolkit.baseline import BaselineError  # noqa: PLC0415 - likewise
    from toolkit.failure import ProgramError  # noqa: PLC0415 - likewise

    order = Order(
        root=_project(),
        stack=options.stack or "prod",
        state=options.state,
        since=options.since,
        out=options.out,
        language=options.lang,
    )
    try:
        return FINE if audit(order) else REFUSED
    except (AuditError, BaselineError, ProgramError) as error:
        return _complain(str(error), error.hint)


def _up(options: argparse.Namespace) -> int:
    return _engine("up", options.stack, options.extra)


def _engine(command: str, stack: str, extra: Sequence[str]) -> int:
    from toolkit import engine  # noqa: PLC0415 - see the module's docstring

    if (root := _project()) is None:
        return _complain(NO_PROJECT)
    try:
        return getattr(engine, command)(root, stack, extra)
    except engine.EngineError as error:
        return _complain(str(error), error.hint)


def _project() -> Path | None:
    """The nearest directory with a Pulumi project, from here upwards."""
    here = Path.cwd()
    return next((place for place in (here, *here.parents) if (place / "Pulumi.yaml").is_file()), None)


def _complain(message: str, hint: str = "") -> int:
    """Say on standard error what is wrong and what to do."""
    colourful = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    label = "\x1b[1;31merror:\x1b[0m" if colourful else "error:"
    sys.stderr.write("\n".join(filter(None, (f"{label} {message}", hint))) + "\n")
    return REFUSED


def _interrupt(number: int, frame: object) -> NoReturn:
    """End at once, whatever the program is doing: asyncio's own answer to Ctrl-C would wait for it."""
    del number, frame
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.SIG_IGN)  # a second one must not interrupt the cleaning up
    raise KeyboardInterrupt
