"""One sentence in both languages."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["pt", "en"]


@dataclass(frozen=True, slots=True)
class Said:
    """What the report says, in English and in Portuguese; ``{name}`` stands for what ``fill`` gives."""

    en: str
    pt: str

    def fill(self, **values: object) -> "Said":
        """The sentence with its values."""
        return Said(self.en.format(**values), self.pt.format(**values))

    def then(self, other: "Said", between: str = " ") -> "Said":
        """One sentence and another one behind it."""
        return Said(f"{self.en}{between}{other.en}", f"{self.pt}{between}{other.pt}")


def plain(text: str) -> Said:
    """A name, which is the same in every language."""
    return Said(text, text)
