"""How a kind of value refuses what is none of it."""

import re
from difflib import get_close_matches
from typing import TypeVar

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

T = TypeVar("T")

REFUSED = "refused"
"""The type of the errors that carry a message of our own."""


def refused(message: str) -> PydanticCustomError:
    """A refusal that reads exactly as written."""
    return PydanticCustomError(REFUSED, "{message}", {"message": message})


def near(word: str, words: list[str]) -> str:
    """``; did you mean …?`` when one of ``words`` is close to ``word``, else nothing."""
    matches = get_close_matches(word, words, n=1, cutoff=0.6)
    return f"; did you mean {matches[0]}?" if matches else ""


def once(values: tuple[T, ...]) -> tuple[T, ...]:
    """``values``, each of which may stand there only once."""
    if again := sorted({str(value) for value in values if values.count(value) > 1}):
        raise refused(f"names {', '.join(again)} twice; keep one of each")
    return values


def matching(pattern: str, rule: str) -> AfterValidator:
    """A check that text is ``pattern`` as a whole; ``rule`` says otherwise what to write."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise refused(rule)
        return value

    return AfterValidator(check)
