"""Resources as the trees that their parents make."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.compare import Change, totals
from toolkit.graph import STACK


@dataclass(kw_only=True, slots=True)
class Branch:
    """One resource and what is below it."""

    change: Change
    below: list["Branch"] = field(default_factory=list)

    def all(self) -> Iterator[Change]:
        """The change of this resource and of every one below it."""
        yield self.change
        for branch in self.below:
            yield from branch.all()

    def totals(self) -> dict[str, int]:
        """How many resources from here on meet each operation."""
        return {**totals([*self.all()])}


def forest(changes: Sequence[Change]) -> list[Branch]:
    """The trees of all changes, in their order. A parent is found by its URN as it was, too."""
    branches = {change.urn: Branch(change=change) for change in changes}
    old = {change.old.urn: change.urn for change in changes if change.old}
    roots = []
    for urn, branch in branches.items():
        parent = branch.change.resource.parent
        above = branches.get(parent) or branches.get(old.get(parent, ""))
        if above is None or urn == above.change.urn:
            roots.append(branch)
        else:
            above.below.append(branch)
    return roots


def components(branch: Branch) -> list[Branch]:
    """The components directly inside ``branch``, or inside its plain resources."""
    found = []
    for below in branch.below:
        found += components(below) if below.change.resource.custom else [below]
    return found


def stack_first(roots: Sequence[Branch]) -> list[Branch]:
    """The roots, the stack's own one first."""
    return sorted(roots, key=lambda root: root.change.resource.type != STACK)
