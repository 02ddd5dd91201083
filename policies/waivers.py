"""Faults that somebody accepts for a while, and why."""

from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from toolkit.graph import Resource


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiver:
    """One accepted risk. It ends by itself: an expired or needless waiver is a violation."""

    rule: str
    """The id of the rule that may be broken."""
    resource: str
    """The type and name of the resources that may break it, with ``*`` for any letters."""
    stacks: tuple[str, ...]
    """Where."""
    reason: str
    accepted_by: str
    """The role that answers for it."""
    expires: date
    """The last day on which it counts."""
    compensating: str
    """What limits the risk meanwhile."""

    def covers(self, rule: str, resource: Resource) -> bool:
        """Whether the waiver is about this rule and this resource."""
        return rule == self.rule and fnmatchcase(f"{resource.type} {resource.name}", self.resource)


WAIVERS: tuple[Waiver, ...] = ()
