"""The members of grants, one by one."""

from collections.abc import Iterator
from dataclasses import dataclass

from pulumi import Input

from components.cloud.access.grants import Grants, short


@dataclass(frozen=True, kw_only=True, slots=True)
class Granted:
    """One role for one member."""

    key: str
    """The part of a resource's name that is this grant's own."""
    role: str
    member: Input[str]


def every(grants: Grants) -> Iterator[Granted]:
    """Each grant once, always in the same order."""
    for role, members in sorted(grants.items()):
        for key, member in sorted(members.items()):
            yield Granted(key=f"{short(role)}-{key}", role=role, member=member)
