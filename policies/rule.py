"""What a rule is, and how rules read resources."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from toolkit.graph import Graph, Resource
from toolkit.values import Secret, Unknown

Fault = tuple[str, str]
"""The URN of a resource, and what to change about it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rule: what it demands, whom it serves, and the check that finds what breaks it."""

    id: str
    severity: Literal["mandatory", "advisory"]
    controls: tuple[str, ...]
    """LGPD articles, HIPAA paragraphs (45 CFR 164), CIS numbers, Checkov ids."""
    check: Callable[[Graph], Iterable[Fault]]


def of_type(graph: Graph, *types: str) -> Iterator[Resource]:
    """The graph's resources of these types."""
    return (resource for resource in graph.resources.values() if resource.type in types)


def known(value: object) -> bool:
    """Whether a preview can tell the value at all."""
    return not isinstance(value, Unknown)


def at(resource: Resource, path: str) -> object:
    """The input at a dotted ``path``, secrets laid open; ``None`` where the program leaves it out."""
    value: object = resource.inputs
    for key in path.split("."):
        if isinstance(value, Secret):
            value = value.value
        if isinstance(value, Unknown):
            return value
        value = value.get(key) if isinstance(value, Mapping) else None
    return value.value if isinstance(value, Secret) else value


def said(resource: Resource, path: str) -> str:
    """The input at a dotted ``path`` as a message may show it: what a secret is, no message says."""
    value: object = resource.inputs
    for key in path.split("."):
        if isinstance(value, Secret):
            break
        value = value.get(key) if isinstance(value, Mapping) else None
    return repr(value)


def expect(resource: Resource, expected: Mapping[str, object]) -> Iterator[Fault]:
    """A fault for each path whose known value is not the expected one."""
    for path, wanted in expected.items():
        found = at(resource, path)
        if known(found) and found != wanted:
            yield resource.urn, f"{path} is {said(resource, path)}; set it to {wanted!r}"
