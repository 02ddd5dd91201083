"""Inputs against the SDK's own types: what a provider would refuse only at ``pulumi up``, or never notice."""

from collections.abc import Iterator

from toolkit.classes import PROVIDERS, args_class
from toolkit.graph import Graph, Problem, Resource
from toolkit.inputs.check import Place, encoded, properties
from toolkit.inputs.shape import Shape
from toolkit.paths import written


def check(graph: Graph) -> list[Problem]:
    """Every input that the SDK's types do not allow, at any depth.

    That is a name that does not exist, a required one that is missing, a value of another type. Whatever has
    no type in a loaded SDK is not looked at: components, custom resources of Kubernetes. Unknowns fit
    everywhere. A message never says what a secret is.
    """
    return [problem for resource in graph.resources.values() for problem in _problems(resource)]


def _problems(resource: Resource) -> Iterator[Problem]:
    args = args_class(resource.type) if resource.custom else None
    if args is None:
        return
    shape = Shape.of(args)
    provider = resource.type.startswith(PROVIDERS)
    inputs = encoded(resource.inputs, shape) if provider else resource.inputs
    for path, message in properties(inputs, shape, Place(())):
        yield Problem(urn=resource.urn, path=written(path), message=message)
