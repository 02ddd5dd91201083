"""Who may do what, as the API server's own authorizer answers."""

from dataclasses import dataclass
from typing import Any, Final, Self

from tests.cluster.plane.client import Client

REVIEW: Final = {"apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview"}
AUTHENTICATED: Final = "system:authenticated"


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """Somebody, as the API server sees who asks."""

    user: str
    groups: tuple[str, ...] = (AUTHENTICATED,)

    @classmethod
    def account(cls, namespace: str, name: str) -> Self:
        """A service account, with the groups that its token carries."""
        groups = ("system:serviceaccounts", f"system:serviceaccounts:{namespace}", AUTHENTICATED)
        return cls(user=f"system:serviceaccount:{namespace}:{name}", groups=groups)


def may(client: Client, subject: Subject, verb: str, resource: str, namespace: str = "") -> bool:
    """Whether ``subject`` may ``verb`` all objects of a resource in a namespace, or without one everywhere.

    Resources are written as kubectl writes them: ``pods``, ``deployments.apps``, ``pods/exec``.
    """
    whole, _, part = resource.partition("/")
    plural, _, group = whole.partition(".")
    asked = {
        "verb": verb,
        "group": group,
        "resource": plural,
        "subresource": part,
        "namespace": namespace,
    }
    spec: dict[str, Any] = {
        "user": subject.user,
        "groups": list(subject.groups),
        "resourceAttributes": asked,
    }
    answer = client.call("POST", client.path(REVIEW), {**REVIEW, "spec": spec})
    return answer.body["status"]["allowed"]
