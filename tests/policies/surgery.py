"""Graphs with something changed: what a mutation of the program would have recorded."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from policies.path import OPTIONS, Every, Item, Step, opened, steps
from policies.rule import Break, Edit
from toolkit.graph import Graph, Resource
from toolkit.values import shown


def broken(graph: Graph, change: Break) -> Graph:
    """The graph after all edits of a break; ``graph`` itself stays as it is."""
    resources, exports = dict(graph.resources), graph.exports
    for edit in change.edits:
        if not edit.urn:
            exports = {**exports, edit.path: edit.value}
        elif isinstance(edit.value, Resource):
            resources[edit.urn] = edit.value
        elif edit.path:
            resources[edit.urn] = edited(resources[edit.urn], edit)
        else:
            del resources[edit.urn]
    return replace(graph, resources=resources, exports=exports)


def edited(resource: Resource, edit: Edit) -> Resource:
    """The resource with another value for one option or input; what is written by hand depends on nothing."""
    if edit.path in OPTIONS:
        return replace(resource, **{OPTIONS[edit.path]: edit.value})
    walk = steps(edit.path)
    inputs = _put(resource.inputs, walk, edit.value)
    assert isinstance(inputs, dict)
    top = str(walk[0])
    ties = resource.property_dependencies
    if edit.path == top or "output<...>" in str(shown(resource.inputs.get(top))):
        ties = {name: urns for name, urns in ties.items() if name != top}
    return replace(resource, inputs=inputs, property_dependencies=ties)


def _put(value: object, walk: tuple[Step, ...], new: object) -> object:
    """``value`` with ``new`` at the end of ``walk``; ``None`` takes a key out; what is missing is made."""
    if not walk:
        return new
    step, rest = walk[0], walk[1:]
    plain = opened(value)
    if isinstance(step, str):
        content = dict(plain) if isinstance(plain, Mapping) else {}
        content[step] = _put(content.get(step), rest, new)
        return {key: item for key, item in content.items() if item is not None}
    items = list(plain) if isinstance(plain, list | tuple) else []
    if isinstance(step, Item):
        known: list[Any] = [opened(item) for item in items]
        at = next((n for n, item in enumerate(known) if item.get(step.key) == step.value), None)
        if at is None:
            return [*items, _put({step.key: step.value}, rest, new)]
    else:
        assert not isinstance(step, Every)
        at = step
    items[at] = _put(items[at], rest, new)
    return [item for item in items if item is not None]
