"""Programs that log in to a database as themselves."""

from collections.abc import Iterator, Mapping
from typing import Final

from pulumi import Input, Output
from pulumi_gcp import projects, sql

from components.base import Component
from components.cloud.access.grants import short
from components.cloud.project import Api, Project

ROLES: Final = ("roles/cloudsql.client", "roles/cloudsql.instanceUser")
"""To connect at all, and to log in; neither is worth anything without the other, nor without a user."""

DOMAIN: Final = ".gserviceaccount.com"


def users(
    owner: Component,
    name: str,
    project: Project,
    accounts: Mapping[str, Input[str]],
    primary: sql.DatabaseInstance,
) -> Iterator[Output[str]]:
    """The ids of the users as which ``accounts`` log in; replicas know them from the primary.

    A user is named as PostgreSQL sees it, the address without ``.gserviceaccount.com``. What it may do in the
    database is granted there.
    """
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


def entries(
    owner: Component,
    name: str,
    project: Project,
    accounts: Mapping[str, Input[str]],
    instance: sql.DatabaseInstance,
) -> Iterator[Output[str]]:
    """The ids of what lets ``accounts`` in at one instance; of a replica, nobody else waits for them."""
    condition: projects.IAMMemberConditionArgsDict = {
        "title": f"only {name}",
        "expression": _only(project, instance),
    }
    for key, email in sorted(accounts.items()):
        for role in ROLES:
            yield projects.IAMMember(
                f"{name}-{key}-{short(role)}",
                project=project.on(Api.RESOURCE_MANAGER),
                role=role,
                member=Output.concat("serviceAccount:", email),
                condition=condition,
                opts=owner.child(protect=False),  # taking a grant away must stay possible
            ).id


def _only(project: Project, instance: sql.DatabaseInstance) -> Output[str]:
    """The condition that limits a role on the project to ``instance``.

    https://cloud.google.com/sql/docs/postgres/iam-conditions tells its form.
    """
    path = Output.concat(f"projects/{project.id}/instances/", instance.name)
    return Output.concat("resource.service == 'sqladmin.googleapis.com' && resource.name == '", path, "'")
