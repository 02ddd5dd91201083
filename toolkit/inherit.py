"""What a resource takes over from its parent: the engine's rules, which no request of a program shows."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from toolkit.graph import Resource
from toolkit.urn import Urn


class Guards(NamedTuple):
    """What guards a resource against deletion; ``None`` where it does not say so itself."""

    protect: bool | None
    retain_on_delete: bool | None
    deleted_with: str | None

    def below(self, parent: Resource | None) -> "Guards":
        """These guards, completed by the parent's."""
        if parent is None:
            return self
        return Guards(
            protect=parent.protect if self.protect is None else self.protect,
            retain_on_delete=(
                parent.retain_on_delete if self.retain_on_delete is None else self.retain_on_delete
            ),
            deleted_with=self.deleted_with or parent.deleted_with,
        )


def known_as(own: Sequence[str], current: Urn, parent: Resource | None) -> tuple[str, ...]:
    """The URNs by which a resource was known: its own aliases, and those that follow from its parent's."""
    followed = _followed([current, *map(Urn.parsed, own)], parent) if parent and parent.aliases else ()
    return tuple(dict.fromkeys([*own, *followed]))


def _followed(known: Sequence[Urn], parent: Resource) -> Iterator[str]:
    """A child whose name begins with its parent's has followed every renaming of its parent."""
    for before in map(Urn.parsed, parent.aliases):
        for each in known:
            name = each.name
            if name.startswith(parent.name):
                name = before.name + name.removeprefix(parent.name)
            yield str(before.child(each.type, name))
