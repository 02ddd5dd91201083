"""What a report may say: values as text, without any secret that stands in clear somewhere."""

import json
from collections.abc import Iterable
from typing import Final

from toolkit.values import shown

HIDDEN: Final = "[secret]"

ANYWHERE: Final = 6
"""A secret of this length is hidden inside of longer texts too; a shorter one only where it stands alone."""

LONGEST: Final = 240
"""Letters of a value that are shown; the state has the rest."""


class Discretion:
    """Turns values into text, and hides every text that it was told is a secret."""

    def __init__(self, secrets: Iterable[str]) -> None:
        found = {*secrets} - {""}
        self._alone = frozenset(found)
        self._inside = sorted((text for text in found if len(text) >= ANYWHERE), key=len, reverse=True)

    def text(self, text: str) -> str:
        """``text`` with the secrets in it replaced."""
        if text in self._alone:
            return HIDDEN
        for secret in self._inside:
            if secret in text:
                text = text.replace(secret, HIDDEN)
        return text

    def value(self, value: object) -> str:
        """A property's value on one line: texts as they are, the rest as JSON; secrets by that name only."""
        plain = self._plain(shown(value))
        line = plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False, default=str)
        return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"

    def _plain(self, value: object) -> object:
        match value:
            case str():
                return self.text(value)
            case dict():
                return {self.text(str(key)): self._plain(item) for key, item in value.items()}
            case list():
                return [self._plain(item) for item in value]
        return value
