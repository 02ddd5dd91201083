"""What a report may say: everything, but no text that is a secret somewhere in clear."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final, TypeVar

from toolkit.values import shown

T = TypeVar("T")

HIDDEN: Final = "[secret]"

ANYWHERE: Final = 4
"""A secret of this length is hidden inside of longer texts too; a shorter one only where it stands alone."""

LONGEST: Final = 240
"""Letters of a value that are shown; the state has the rest."""

OWN: Final = frozenset(
    {
        *("pass", "fail", "waived", "unknown", "not applicable", "mandatory", "advisory"),
        *("create", "update", "replace", "delete", "same", "preview", "export", "local"),
        *("name", "form", "twice", "access", "copy", "notice", "egress", "tunnel", "unseal"),
        *("site", "outside", "network", "identities", "managed", "elsewhere", "keys"),
    }
)
"""The report's own words, of which the page is made. Hiding them would tell more than it hides."""


class Discretion:
    """Turns values into text, and hides every text that it was told is a secret."""

    def __init__(self, secrets: Iterable[str]) -> None:
        found = {*secrets} - {""}
        self._alone = frozenset(found)
        self._inside = sorted((text for text in found if len(text) >= ANYWHERE), key=len, reverse=True)

    def text(self, text: str) -> str:
        """``text`` with the secrets in it replaced."""
        if text in OWN:
            return text
        if text in self._alone:
            return HIDDEN
        for secret in self._inside:
            if secret in text:
                text = text.replace(secret, HIDDEN)
        return text

    def value(self, value: object) -> str:
        """A property's value on one line: texts as they are, the rest as JSON; secrets by that name only.

        Secrets go before the line is cut, so that no half of one stays.
        """
        plain = self.all(shown(value))
        line = plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False, default=str)
        return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"

    def all(self, told: T) -> T:
        """``told`` with the secrets replaced in every text in it, at any depth: dataclasses, maps, lists."""
        if not self._alone:
            return told
        return self._all(told)

    def _all(self, told: Any) -> Any:
        match told:
            case str():
                return self.text(told)
            case Mapping():
                return {self._all(key): self._all(item) for key, item in told.items()}
            case list() | tuple():
                return [self._all(item) for item in told]
        if is_dataclass(told) and not isinstance(told, type):
            return type(told)(**{each.name: self._all(getattr(told, each.name)) for each in fields(told)})
        return told
