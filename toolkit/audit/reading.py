"""How the audit reads properties and follows references, in recordings and in exports alike."""

from collections.abc import Iterator
from typing import Final

from policies.path import found, opened, steps
from toolkit.graph import Graph, Resource

NAMES: Final = ("name", "secretId", "repositoryId", "accountId", "datasetId", "metadata.name", "project")
"""Inputs that name a resource, the first one that is there."""

IAM: Final = ".iam.gserviceaccount.com"


def at(resource: Resource, path: str) -> object:
    """The input at ``path``, as ``policies.path`` writes paths, laid open; ``None`` where nothing is."""
    return next(each(resource, path), None)


def each(resource: Resource, path: str) -> Iterator[object]:
    """Every input that ``path`` names: ``a[*].b`` may name many."""
    for _, value in found(resource, path):
        if (plain := opened(value)) is not None:
            yield plain


def text(resource: Resource, path: str) -> str:
    """The text or number at ``path``; empty where there is none, or nobody knows it yet."""
    value = at(resource, path)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def number(resource: Resource, path: str) -> float | None:
    """The number at ``path``, also of a text like ``7776000s``."""
    written = text(resource, path).removesuffix("s")
    try:
        return float(written)
    except ValueError:
        return None


class References:
    """Which resource a property means: by what it depends on, or else by the name that stands there."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._named: dict[tuple[str, str], Resource] = {}
        for resource in graph.resources.values():
            for name in _names(resource):
                self._named.setdefault((resource.type, name), resource)

    def target(self, resource: Resource, path: str, *kinds: str) -> Resource | None:
        """The resource of one of these types that the input at ``path`` names; ``None`` if it is not here."""
        root = str(steps(path)[0])
        for urn in resource.property_dependencies.get(root) or ():
            meant = self._graph.resources.get(urn)
            if meant and meant.type in kinds:
                return meant
        return self.named(text(resource, path), *kinds)

    def named(self, name: str, *kinds: str) -> Resource | None:
        """The resource of one of these types that goes by ``name`` or by an id that ends in it."""
        if not name:
            return None
        for kind in kinds:
            for candidate in (name, name.rpartition("/")[2]):
                if meant := self._named.get((kind, candidate)):
                    return meant
        return None


def _names(resource: Resource) -> Iterator[str]:
    """Everything that other resources may call this one, the least likely to be shared first."""
    own = next((name for key in NAMES if (name := text(resource, key))), "") or resource.name
    if ring := text(resource, "keyRing"):
        yield f"{ring}/cryptoKeys/{own}"
    if resource.type == "gcp:serviceaccount/account:Account" and (project := text(resource, "project")):
        yield f"{own}@{project}{IAM}"
    yield own
    yield resource.name
