"""Accounts for programs."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from pulumi import Output, ResourceOptions
from pulumi_gcp import projects, serviceaccount

from components.base import Component, after
from components.cloud.access.grants import check_roles, short
from components.cloud.project import Api, Project

ID: Final = re.compile(r"[a-z][-a-z0-9]{4,28}[a-z0-9]")
"""As Google allows it: 6 to 30 characters (https://cloud.google.com/iam/docs/service-accounts-create)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IdentityArgs:
    """Who the program is, and what it may do in the whole project."""

    project: Project
    account_id: str
    """The part of the e-mail address before the @."""
    display_name: str
    roles: Collection[str] = ()
    """Roles on the project; prefer a grant on the one bucket, key or secret that is needed."""

    def __post_init__(self) -> None:
        if not ID.fullmatch(self.account_id):
            raise ValueError(
                f"account_id {self.account_id!r} is not one that Google takes: write 6 to 30 lower case "
                "letters, digits and dashes, a letter first and no dash last"
            )
        check_roles(self.roles)


class Identity(Component, token="gcp:Identity"):
    """A service account without keys: programs get its tokens from where they run."""

    email: Output[str]
    """Known once the account has its roles."""
    member: Output[str]
    """The account as IAM writes it, ``serviceAccount:<email>``; known once it has its roles."""

    def __init__(self, name: str, args: IdentityArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        account = serviceaccount.Account(
            name,
            project=args.project.on(Api.IAM),
            account_id=args.account_id,
            display_name=args.display_name,
            opts=self.child(),
        )
        granted = [
            projects.IAMMember(
                f"{name}-{short(role)}",
                project=args.project.on(Api.RESOURCE_MANAGER),
                role=role,
                member=account.member,
                opts=self.child(),
            ).id
            for role in sorted(args.roles)
        ]
        self.email = after(account.email, *granted)
        self.member = after(account.member, *granted)
        self.seal()
