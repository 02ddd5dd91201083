"""What is wrong with a program, told to the person who wrote it: their own lines, and what to do."""

import re
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pulumi import RunError

OURS: Final = Path(__file__).parent
FOREIGN: Final = frozenset({"site-packages", ".venv"})

HINTS: Final[Mapping[type[BaseException], str]] = MappingProxyType(
    {
        ModuleNotFoundError: "run `make setup`; if that does not help, the name of the import is wrong",
        ImportError: "run `make setup`; if that does not help, the name of the import is wrong",
        SyntaxError: "correct the line; `make lint` finds all such lines at once",
        TypeError: "compare the arguments with the signature; `make lint` finds wrong ones without a run",
        AttributeError: "the name is wrong, or the value is None; `make lint` finds wrong names",
        ValueError: "correct the value where it is written",
        AssertionError: "what is asserted in the last line above does not hold",
    }
)
"""What to do about each kind of exception."""

RESOURCE: Final = re.compile("resource: '(?P<name>[^']+)', type:? '(?P<type>[^']+)'")
INPUT: Final = re.compile("input: '(?P<name>[^']+)'")
"""How the SDK says what it was about to register, and which input of it."""

LIST: Final = re.compile(r"Unexpected type\. Expected 'list' got '(<class ')?(?P<kind>.*?)('>)?'")
"""How it says that a list was given, and what it wanted instead."""

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {"str": "text", "int": "a whole number", "float": "a number", "bool": "true or false"}
)

OTHERWISE: Final = "start at the last line above; `make test` says whether the rest still holds"


class ProgramError(Exception):
    """A program, or what it needs, is not as it must be; ``hint`` says what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def failure(error: BaseException, root: Path) -> ProgramError:
    """``error``, as raised by the program in ``root``, without any line that its author did not write.

    A ``pulumi.RunError`` is a message for the user already and comes as it is.
    """
    chain = [*_chain(error)]
    for each in chain:
        if isinstance(each, RunError):
            return ProgramError(str(each))
    told = next((each for each in chain if any(_frames(each, root))), chain[-1])
    lines = [_said(told), *_resource(error)]
    lines += dict.fromkeys(_frames(told, root))  # once, however deep a recursion went
    lines += [f"  refused before that: {note}" for note in getattr(error, "__notes__", ())]
    hint = next((text for kind, text in HINTS.items() if isinstance(told, kind)), OTHERWISE)
    return ProgramError("\n".join(lines), hint)


def _said(error: BaseException) -> str:
    """The kind of an error and what it says, in the author's words where the SDK's are about itself."""
    if isinstance(error, AssertionError) and (found := LIST.fullmatch(str(error))):
        kind = KINDS.get(found["kind"], "a mapping")
        return f"a list stands where {kind} belongs"
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what caused it; the SDK wraps what goes wrong in an ``apply`` two or three times."""
    while error:
        yield error
        error = error.__cause__


def _resource(error: BaseException) -> Iterator[str]:
    """The resource that could not be registered, when the SDK says which."""
    if found := RESOURCE.search(str(error)):
        part = INPUT.search(str(error))
        yield f"  for {found['name']} ({found['type']})" + (f", in its input {part['name']}" if part else "")


def _frames(error: BaseException, root: Path) -> Iterator[str]:
    """The author's own places on the way to the error, the outermost first."""
    for frame in traceback.extract_tb(error.__traceback__):
        file = Path(frame.filename)
        if _own(file, root):
            yield f"  {file.relative_to(root)}:{frame.lineno} in {frame.name}\n    {frame.line}"
    if isinstance(error, SyntaxError) and error.filename and _own(Path(error.filename), root):
        yield f"  {Path(error.filename).relative_to(root)}:{error.lineno}\n    {(error.text or '').strip()}"


def _own(file: Path, root: Path) -> bool:
    if not file.is_relative_to(root) or file.is_relative_to(OURS):
        return False
    return FOREIGN.isdisjoint(file.relative_to(root).parts)
