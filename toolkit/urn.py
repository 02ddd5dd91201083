"""The engine's addresses of resources."""

from typing import Final, NamedTuple, Self

from toolkit.graph import STACK

PREFIX: Final = "urn:pulumi:"


class Urn(NamedTuple):
    """``urn:pulumi:<stack>::<project>::<types>::<name>``; a name may itself hold ``::``."""

    stack: str
    project: str
    types: str
    """The types of every ancestor but the stack, and the resource's own, joined by ``$``."""
    name: str

    @classmethod
    def parsed(cls, text: str) -> Self:
        """The parts of a URN; ``ValueError`` when it is none."""
        stack, project, types, name = text.removeprefix(PREFIX).split("::", 3)
        return cls(stack, project, types, name)

    @property
    def type(self) -> str:
        """The resource's own type."""
        return self.types.rpartition("$")[2]

    def child(self, kind: str, name: str) -> Self:
        """The URN of a resource below this one."""
        return self._replace(types=kind if self.types == STACK else f"{self.types}${kind}", name=name)

    def __str__(self) -> str:
        return f"{PREFIX}{self.stack}::{self.project}::{self.types}::{self.name}"
