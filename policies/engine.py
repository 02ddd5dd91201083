"""The graph of a stack as the real engine tells it to a policy pack."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from policies.places import DATA_MAP, RESIDENCY
from toolkit.graph import STACK, Graph, Resource
from toolkit.values import SEALED, SIGNATURE, UNKNOWN, UNKNOWNS, Secret


class Options(Protocol):
    """What the engine tells of a registration's options; ``retainOnDelete`` and others it keeps to itself."""

    @property
    def protect(self) -> bool:
        """Whether deletion is refused."""
        ...


class Told(Protocol):
    """One resource as the engine tells it at the end: its outputs, and what it waits for."""

    @property
    def urn(self) -> str:
        """Its address."""
        ...

    @property
    def resource_type(self) -> str:
        """Its type."""
        ...

    @property
    def props(self) -> Mapping[str, object]:
        """Its outputs."""
        ...

    @property
    def opts(self) -> Options:
        """Its options."""
        ...

    @property
    def property_dependencies(self) -> Mapping[str, Iterable["Told"]]:
        """What each property comes from."""
        ...


OUTPUTS: Final = frozenset({RESIDENCY, DATA_MAP})
"""The stack's outputs that rules read. Of no other is it told whether it is a secret, so none is judged."""


@dataclass(kw_only=True, slots=True)
class Stack:
    """What the engine has told so far."""

    plain: Callable[[Mapping[str, object]], Mapping[str, object]]
    """From the properties that the SDK hands over to those on the wire."""
    inputs: dict[str, dict[str, object]] = field(default_factory=dict)
    """Of each resource by URN, secrets marked: at the end the engine tells outputs, and no secret as one."""

    def hear(self, urn: str, props: Mapping[str, object]) -> None:
        """Remember what a program wrote for one resource."""
        self.inputs[urn] = decoded(self.plain(props))

    def graph(self, resources: Iterable[Told]) -> Graph:
        """The whole graph, once the engine tells what belongs to it."""
        told = [*resources]
        there = {each.urn: self._resource(each) for each in told}
        outputs = next((decoded(self.plain(each.props)) for each in told if each.resource_type == STACK), {})
        stack, project, *_ = next(iter(there), "urn:pulumi:::::").removeprefix("urn:pulumi:").split("::")
        return Graph(
            project=project,
            stack=stack,
            resources=there,
            exports={key: outputs[key] for key in OUTPUTS & outputs.keys()},
        )

    def _resource(self, told: Told) -> Resource:
        written = self.inputs.get(told.urn)
        if written is None:
            written = {} if told.resource_type == STACK else decoded(self.plain(told.props))
        return Resource(
            urn=told.urn,
            type=told.resource_type,
            name=told.urn.split("::", 3)[3],
            custom=True,
            inputs=written,
            property_dependencies={
                name: tuple(each.urn for each in those) for name, those in told.property_dependencies.items()
            },
            protect=told.opts.protect,
            retain_on_delete=True,  # the engine does not tell; the offline preview and the state do
        )


def decoded(properties: Mapping[str, object]) -> dict[str, object]:
    """Properties on the wire as plain data, without what the engine keeps for itself (``__...``)."""
    return {key: _value(value) for key, value in properties.items() if not key.startswith("__")}


def _value(value: object) -> object:
    match value:
        case str() if value in UNKNOWNS:
            return UNKNOWN
        case float() if value.is_integer():
            return int(value)
        case list():
            return [_value(item) for item in value]
        case Mapping():
            return _mapping(value)
    return value


def _mapping(value: Mapping[str, object]) -> object:
    if value.get(SIGNATURE) == SEALED:
        return Secret(_value(value.get("value")))
    return decoded({key: item for key, item in value.items() if key != SIGNATURE})
