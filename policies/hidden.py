"""The demand that no secret stands in clear; unlike all others it reads every value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from policies.kinds import KUBERNETES_SECRET
from policies.path import opened
from policies.rule import Break, Edit, Evidence
from policies.secrecy import Leak, leaks
from policies.subjects import stack_urn
from toolkit.graph import Graph, Resource
from toolkit.values import Secret, Unknown

WANTED: Final = "wrap it in Output.secret, take it from require_secret, or write it by a write-only property"

PLANTED: Final[Mapping[str, object]] = {
    "password": "correct-horse-battery",
    "description": "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n",
    "connection": "postgresql://clerk:correct-horse@db.internal/clinic",
    "env": [{"name": "DB_PASSWORD", "value": "correct-horse"}],
    "sharedSecretText": "q8ZrT4vYb1WmXc7KdLs0Pj9NfGh2",
}
"""Secrets for mutations, by the property that they are put into."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """No input of a resource and no output of the stack is a secret in clear. Only its path is ever told."""

    def examine(self, graph: Graph) -> Iterator[Evidence]:
        """Each secret in clear, and each resource that has none."""
        for resource in graph.resources.values():
            found = [*leaks(resource.inputs), *_unsealed(resource)]
            yield from _evidence(resource.urn, "inputs", found)
        found = [*leaks(graph.exports, "outputs")]
        yield from _evidence(stack_urn(graph), "outputs", found) if graph.exports else ()

    def breaks(self, graph: Graph) -> Iterator[Break]:
        """One secret of each kind, in one resource of each type; and one among the outputs."""
        first = {each.type: each.urn for each in reversed(graph.resources.values())}
        for urn in first.values():
            for key, value in PLANTED.items():
                yield Break(urn, (Edit(urn, key, value),))
        yield Break(stack_urn(graph), (Edit("", "password", PLANTED["password"]),))


def _evidence(urn: str, where: str, found: list[Leak]) -> Iterator[Evidence]:
    if not found:
        yield Evidence(urn, where, "no secret in clear")
    for leak in found:
        yield Evidence(urn, leak.path, Secret(None), f"{leak.path} looks like {leak.looks}; {WANTED}")


def _unsealed(resource: Resource) -> Iterator[Leak]:
    """Whatever a Kubernetes Secret holds is one, whatever it is called."""
    if resource.type != KUBERNETES_SECRET:
        return
    for field in ("data", "stringData"):
        content = resource.inputs.get(field)
        if isinstance(content, Mapping):
            for key, value in content.items():
                if isinstance(opened(value), str) and not isinstance(value, Secret | Unknown):
                    yield Leak(f"{field}.{key}", "a value of a Kubernetes Secret")
