"""Who may do what, in the same shape wherever a component gives access."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from pulumi import Input

Grants: TypeAlias = Mapping[str, Mapping[str, Input[str]]]
"""Role -> short lasting key of the grant -> member. The key names the resource, so removing one grant
never renames another. Members are ``serviceAccount:``, ``group:``, ``principal:`` or ``principalSet:``."""

BASIC = frozenset({"roles/owner", "roles/editor", "roles/viewer", "roles/browser"})
MEMBERS = ("serviceAccount:", "group:", "principal:", "principalSet:")


def check_role(role: str) -> None:
    """Raise ``ValueError`` for what is no role, or one that gives more than its name tells."""
    if role in BASIC:
        raise ValueError(f"{role} is a basic role and opens every service: name a predefined or custom role")
    if role.startswith("roles/storage.legacy"):
        raise ValueError(
            f"{role} belongs to object lists: use roles/storage.object* or roles/storage.bucketViewer"
        )
    if not role.startswith(("roles/", "projects/", "organizations/")):
        raise ValueError(f"{role!r} is not a role: write it whole, as in roles/storage.objectViewer")


def check_member(member: Input[str]) -> None:
    """Raise ``ValueError`` for the public and for single people; one known later is left to the policies."""
    if member in {"allUsers", "allAuthenticatedUsers"}:
        raise ValueError(
            f"{member} is everybody: nothing on this platform is public, name a group or an account"
        )
    if isinstance(member, str) and not member.startswith(MEMBERS):
        raise ValueError(f"{member!r} cannot be granted to: write one of {', '.join(MEMBERS)} and the name")


def check(grants: Grants) -> None:
    """Raise ``ValueError`` for the first role or member that may not stand in a grant."""
    for role, members in grants.items():
        check_role(role)
        for member in members.values():
            check_member(member)


def short(role: str) -> str:
    """The part of a role that names a resource: ``storage.objectViewer``."""
    return role.rpartition("/")[2]


def check_roles(roles: Iterable[str]) -> None:
    """Raise ``ValueError`` for the first role that may not be given."""
    for role in roles:
        check_role(role)
