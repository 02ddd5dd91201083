"""Property paths as Pulumi writes them: ``settings.backups[0].name``, ``labels["a.b"]``, ``*`` for any."""

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

Path: TypeAlias = tuple[str | int, ...]

ANY: Final = "*"

STEP: Final = re.compile(r'\["(?P<quoted>(?:[^"\\]|\\.)*)"\]|\[(?P<index>\d+|\*)\]|\.?(?P<key>[^.\[]+)')
PLAIN: Final = re.compile(r"[\w$-]+")


def parsed(text: str) -> Path:
    """The steps of a path; whatever does not parse is skipped, as Pulumi does with option paths."""
    return tuple(_step(match) for match in STEP.finditer(text))


def written(path: Path) -> str:
    """``path`` as Pulumi would write it."""
    text = ""
    for step in path:
        match step:
            case int():
                text += f"[{step}]"
            case str() if PLAIN.fullmatch(step):
                text += f".{step}" if text else step
            case _:
                text += '["' + step.replace("\\", "\\\\").replace('"', '\\"') + '"]'
    return text


def covers(pattern: Path, path: Path) -> bool:
    """Whether ``path`` is what ``pattern`` names, or lies below it."""
    return len(pattern) <= len(path) and all(map(_same, pattern, path))


def touches(pattern: Path, path: Path) -> bool:
    """Whether a change at ``path`` changes something that ``pattern`` names: at it, below it or around it."""
    return all(_same(*pair) for pair in zip(pattern, path, strict=False))


def parsed_all(texts: Sequence[str]) -> tuple[Path, ...]:
    """Each of ``texts`` as a path."""
    return tuple(parsed(text) for text in texts)


def _step(match: re.Match[str]) -> str | int:
    quoted, index, key = match.group("quoted", "index", "key")
    if quoted is not None:
        return re.sub(r"\\(.)", r"\1", quoted)
    return int(index) if index and index != ANY else index or key


def _same(pattern: str | int, step: str | int) -> bool:
    return pattern in {ANY, step}
