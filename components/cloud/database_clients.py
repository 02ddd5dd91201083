"""Programs that log in to a database as themselves."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pulumi import Input, Output
from pulumi_gcp import projects, sql

from components.base import Component
from components.cloud.grants import short
from components.cloud.project import Api, Project

ROLES: Final = ("roles/cloudsql.client", "roles/cloudsql.instanceUser")
"""To connect at all, and to log in; neither is worth anything without the other, nor without a user."""

DOMAIN: Final = ".gserviceaccount.com"


def clients(
    owner: Component,
    name: str,
    project: Project,
    accounts: Mapping[str, Input[str]],
    instances: Sequence[sql.DatabaseInstance],
) -> Iterator[Output[str]]:
    """The ids of what lets ``accounts`` log in: a user on the first of ``instances``, and roles on all.

    The user is named as PostgreSQL sees it, the address without ``.gserviceaccount.com``. What it may do in
    the database is granted there.
    """
    primary, *_ = instances
    for key, email in sorted(accounts.items()):
        yield sql.User(
            f"{name}-{key}",
            project=project.on(Api.SQL),
            instance=primary.name,
            type="CLOUD_IAM_SERVICE_ACCOUNT",
            name=Output.from_input(email).apply(lambda written: written.removesuffix(DOMAIN)),
            deletion_policy="ABANDON",
            opts=owner.child(deleted_with=primary, protect=False),
        ).id
        for role in ROLES:
            yield projects.IAMMember(
                f"{name}-{key}-{short(role)}",
                project=project.on(Api.RESOURCE_MANAGER),
                role=role,
                member=Output.concat("serviceAccount:", email),
                condition={"title": f"only {name}", "expression": _only(project, instances)},
                opts=owner.child(protect=False),  # taking a grant away must stay possible
            ).id


def _only(project: Project, instances: Sequence[sql.DatabaseInstance]) -> Output[str]:
    """The condition that limits a role on the project to ``instances``.

    https://cloud.google.com/sql/docs/postgres/iam-conditions tells its form.
    """
    names = [
        Output.concat(f"resource.name == 'projects/{project.id}/instances/", each.name, "'")
        for each in instances
    ]
    known = Output.all(*names).apply(" || ".join)
    return Output.concat("resource.service == 'sqladmin.googleapis.com' && (", known, ")")
