"""What a stand-in engine answers to a registration: an id and the output properties."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeAlias, get_args, get_origin

from pulumi import _types
from pulumi.runtime.rpc import translate_output_properties

from toolkit.classes import resource_class
from toolkit.graph import Resource
from toolkit.values import Secret
from toolkit.wire import Struct

Answer: TypeAlias = Callable[[Any], tuple[str, Any]]
"""From a request to the id and the outputs. An empty id, or a property left out, is unknown in a preview."""

DEPTH: Final = 3
"""How deep structured outputs are made up: some types of Kubernetes hold themselves."""


def echoed(request: Any) -> tuple[str, Any]:
    """What the real engine answers in a preview of a new resource: its inputs, and nothing else."""
    outputs = Struct()
    outputs.CopyFrom(request.object)
    return "", outputs


def unknown(_request: Any) -> tuple[str, Any]:
    """As if nothing at all were known before the deployment, so that no ``apply`` runs."""
    return "", Struct()


def made_up(request: Any) -> tuple[str, Any]:
    """As if deployed: the inputs, and a value for every property that the provider always fills in."""
    outputs = Struct()
    if not request.custom:
        return "", outputs
    for name, kind in _filled_in(request.type).items():
        value = _value(kind, f"{request.name}-{name}", DEPTH)
        if value is not None and name not in request.object.fields:
            outputs.update({name: value})
    outputs.MergeFrom(request.object)
    return request.importId or f"{request.name}-id", outputs


def unreadable(resource: Resource) -> Iterator[str]:
    """The inputs that the SDK could not read back as outputs, since they are of another type.

    The provider would refuse them. An SDK that cannot read an answer ends the whole program.
    """
    kinds = _outputs(resource.type) if resource.custom else {}
    for name in resource.inputs.keys() & kinds.keys():
        value = resource.inputs[name]
        plain = value.value if isinstance(value, Secret) else value
        try:
            translate_output_properties(plain, str, kinds[name], transform_using_type_metadata=True)
        except (AssertionError, TypeError, ValueError):
            yield name


@cache
def _outputs(token: str) -> Mapping[str, Any]:
    """The types of a resource type's outputs, as far as it is a loaded class."""
    resource = resource_class(token)
    return _types.resource_types(resource) if resource else {}


@cache
def _filled_in(token: str) -> Mapping[str, Any]:
    """The properties that a resource type has in any case, with their types."""
    resource = resource_class(token)
    if resource is None:
        return {}
    hints = _types._raw_return_hints(resource)  # noqa: SLF001 -- the SDK's only reader of its own annotations
    kinds = {name: get_args(hint)[0] for name, hint in hints.items() if get_args(hint)}
    return {name: kind for name, kind in kinds.items() if type(None) not in get_args(kind)}


def _value(kind: Any, label: str, depth: int) -> object:
    """A plausible value of a type; ``None`` when no such value is safe to make up."""
    if kind in SIMPLE:
        return SIMPLE[kind](label)
    if get_origin(kind) is Sequence:
        item = _value(get_args(kind)[0], label, depth)
        return [] if item is None else [item]
    if get_origin(kind) is Mapping:
        return {}
    if depth and isinstance(kind, type) and _types.is_output_type(kind):
        fields = _types.output_type_types(kind).items()
        return {name: _value(field, f"{label}-{name}", depth - 1) for name, field in fields}
    return None


SIMPLE: Final[Mapping[Any, Callable[[str], object]]] = {
    str: str,
    bool: lambda _: False,
    int: lambda _: 1,
    float: lambda _: 1.0,
}
