"""Who can read which store, from the grants in the graph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from policies.kinds import ACCOUNT, SQL_USER, SUBSCRIPTION
from policies.kinds import DATABASE as INSTANCE
from toolkit.audit.reading import References, at, each, text
from toolkit.audit.stores.kinds import KINDS
from toolkit.audit.stores.model import Reader
from toolkit.audit.stores.roles import reads
from toolkit.audit.words import Said, stores
from toolkit.graph import Graph, Resource
from toolkit.values import Unknown

GRANT: Final = re.compile(r"^gcp:[\w]+/(\w+?)I[Aa][Mm](Member|Binding):")
"""The type of a grant on something: what comes before ``IAMMember`` names it."""

PROJECT: Final = re.compile(r"^gcp:(projects|organizations|folder)/i[Aa][Mm](Member|Binding):")
"""The type of a grant on a whole project."""

ON: Final = ("bucket", "secretId", "topic", "repository", "datasetId", "subscription", "instance")
"""The inputs that say on what a grant is."""

POOL: Final = "gcp:iam/workloadIdentityPool:WorkloadIdentityPool"
"""Whose members are pods of a cluster elsewhere, or pipelines."""

EVERYBODY: Final = frozenset({"allUsers", "allAuthenticatedUsers"})


@dataclass(frozen=True, slots=True)
class _Grant:
    resource: Resource
    role: str
    member: str
    account: str


class Access:
    """All grants of a graph, ready to be asked about a store."""

    def __init__(self, graph: Graph, references: References) -> None:
        self._references = references
        self._direct: dict[str, list[_Grant]] = {}
        self._wide: list[_Grant] = []
        self._users: dict[str, list[Resource]] = {}
        for resource in graph.resources.values():
            self._sort(resource)

    def readers(self, store: Resource) -> list[Reader]:
        """Who reads ``store``: by grants on it, by grants on its project, by database users."""
        found = [*self._on_store(store), *self._on_project(store), *self._logins(store)]
        return sorted(found, key=lambda reader: (reader.how.en, reader.member, reader.role))

    def _sort(self, resource: Resource) -> None:
        """Keep the resource where a question will look for it."""
        if resource.type == SQL_USER:
            if target := self._references.target(resource, "instance", INSTANCE):
                self._users.setdefault(target.urn, []).append(resource)
        elif PROJECT.match(resource.type):
            self._wide += self._grants(resource)
        elif GRANT.match(resource.type) and (target := self._target(resource)):
            self._direct.setdefault(target.urn, []).extend(self._grants(resource))

    def _target(self, grant: Resource) -> Resource | None:
        """The store that a grant is on; a subscription shows the messages of its topic."""
        name = next((name for name in ON if name in grant.inputs), "")
        if not name:
            return None
        found = self._references.target(grant, name, *KINDS, SUBSCRIPTION)
        if found and found.type == SUBSCRIPTION:
            return self._references.target(found, "topic", *KINDS)
        return found

    def _grants(self, resource: Resource) -> Iterator[_Grant]:
        role = text(resource, "role")
        for path in ("member", "members[*]"):
            for value in each(resource, path):
                yield _Grant(resource, role, *self._member(resource, value))

    def _member(self, grant: Resource, value: object) -> tuple[str, str]:
        """How to call whom a grant is for, and the account's URN when this stack makes it."""
        known = value if isinstance(value, str) else ""
        account = self._references.target(grant, "member", ACCOUNT)
        pool = self._references.target(grant, "member", POOL)
        if pool:
            return known or f"principal://.../{text(pool, 'workloadIdentityPoolId') or pool.name}", pool.urn
        if not account and known:
            account = self._references.named(known.removeprefix("serviceAccount:"), ACCOUNT)
        if known:
            return known, account.urn if account else ""
        if account:
            name = text(account, "accountId") or account.name
            return f"serviceAccount:{name}", account.urn
        return "", ""

    def _on_store(self, store: Resource) -> Iterator[Reader]:
        for grant in self._direct.get(store.urn, ()):
            verdict = reads(grant.role, KINDS[store.type].service)
            subscribed = grant.role.startswith("roles/pubsub.subscriber")
            if verdict is not False or subscribed:
                yield self._reader(grant, stores.ON_STORE, known=verdict is not None)

    def _on_project(self, store: Resource) -> Iterator[Reader]:
        for grant in self._wide:
            if reads(grant.role, KINDS[store.type].service) and self._applies(grant.resource, store):
                yield self._reader(grant, stores.ON_PROJECT, known=True)

    def _applies(self, grant: Resource, store: Resource) -> bool:
        """Whether the condition of a grant, if it names a store at all, names this one."""
        only = self._references.target(grant, "condition", *KINDS) if "condition" in grant.inputs else None
        return only is None or only.urn == store.urn

    def _reader(self, grant: _Grant, how: Said, *, known: bool) -> Reader:
        return Reader(
            member=grant.member,
            role=grant.role,
            how=how if known else how.then(stores.CUSTOM, ", "),
            condition=self._condition(grant.resource),
            urn=grant.resource.urn,
            account=grant.account,
            public=grant.member in EVERYBODY,
        )

    def _condition(self, grant: Resource) -> str:
        """The condition's own words, or its title as long as nobody knows them."""
        expression = at(grant, "condition.expression")
        if expression is None or isinstance(expression, Unknown):
            return text(grant, "condition.title")
        return str(expression)

    def _logins(self, store: Resource) -> Iterator[Reader]:
        for user in self._users.get(store.urn, ()):
            account = self._references.target(user, "name", ACCOUNT)
            name = text(user, "name") or (text(account, "accountId") if account else "") or user.name
            yield Reader(
                member=name,
                role=text(user, "type") or "BUILT_IN",
                how=stores.LOGIN,
                urn=user.urn,
                account=account.urn if account else "",
            )
