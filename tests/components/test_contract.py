"""The laws that every component obeys."""

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from importlib import import_module
from pkgutil import walk_packages

import pytest
from pulumi import ResourceOptions

import components
from components.base import Component, declared
from tests.components.samples import SAMPLES
from toolkit.graph import Graph, Resource
from toolkit.recorder import record


def every_component() -> Iterator[type[Component]]:
    for module in walk_packages(components.__path__, "components."):
        for found in vars(import_module(module.name)).values():
            if isinstance(found, type) and issubclass(found, Component) and found.__module__ == module.name:
                yield found


ALL = sorted({*every_component()} - {Component}, key=lambda component: component.__name__)
COMPONENTS = pytest.mark.parametrize("component", ALL, ids=lambda component: component.__name__)


def recorded(component: type[Component], *names: str, opts: ResourceOptions | None = None) -> Graph:
    def program() -> None:
        for name in names:
            SAMPLES[component](name, opts)

    return record(program, project="prontuario", stack="prod")


def instance(graph: Graph, component: type[Component], name: str) -> Resource:
    (found,) = (
        each for each in graph.resources.values() if each.type == component.token and each.name == name
    )
    return found


def below(graph: Graph, urn: str) -> Iterator[Resource]:
    for child in graph.children().get(urn, ()):
        yield child
        yield from below(graph, child.urn)


def test_every_component_has_a_sample() -> None:
    assert {*ALL} == {*SAMPLES}


@COMPONENTS
def test_a_component_takes_a_name_its_arguments_and_options(component: type[Component]) -> None:
    own, name, args, opts = inspect.signature(component.__init__).parameters.values()
    assert (own.name, name.name, args.name, opts.name, opts.default) == ("self", "name", "args", "opts", None)
    assert (
        inspect.get_annotations(component.__init__, eval_str=True)["args"].__name__
        == f"{component.__name__}Args"
    )


@COMPONENTS
def test_arguments_are_frozen_and_keyword_only(component: type[Component]) -> None:
    args = inspect.get_annotations(component.__init__, eval_str=True)["args"]
    assert is_dataclass(args)
    assert args.__dataclass_params__.frozen
    assert all(field.kw_only for field in fields(args))
    assert hasattr(args, "__slots__")


@COMPONENTS
def test_the_token_is_fixed_by_the_class(component: type[Component]) -> None:
    assert component.token.startswith("prontuario:")
    assert component.token.endswith(f":{component.__name__}")


@COMPONENTS
def test_a_component_registers_exactly_the_outputs_it_declares(component: type[Component]) -> None:
    outputs = instance(recorded(component, "one"), component, "one").outputs
    assert outputs is not None, "the constructor must end with self.seal()"
    assert {*outputs} == {*declared(component)}
    assert {*outputs}, "a component without outputs tells nobody when it is ready"


@COMPONENTS
def test_everything_a_component_makes_lies_below_it(component: type[Component]) -> None:
    graph = recorded(component, "one")
    mine = [each for each in graph.resources.values() if each.name.startswith("one") and each.custom]
    apis = {each.urn for each in graph.resources.values() if each.name.startswith("one-apis")}
    made = {each.urn for each in below(graph, instance(graph, component, "one").urn)}
    assert made
    assert {each.urn for each in mine} - apis <= made


@COMPONENTS
def test_the_callers_options_stop_at_the_component(component: type[Component]) -> None:
    graph = recorded(component, "one", opts=ResourceOptions(ignore_changes=["secretDoor"]))
    own = instance(graph, component, "one")
    assert "secretDoor" in own.ignore_changes
    assert not [each.name for each in below(graph, own.urn) if "secretDoor" in each.ignore_changes]


@COMPONENTS
def test_two_instances_do_not_collide(component: type[Component]) -> None:
    assert recorded(component, "one", "two").problems == []


@COMPONENTS
def test_nothing_secret_is_a_resources_id(component: type[Component]) -> None:
    """State encrypts no id, and these have their value for one; a ``RandomPassword`` is called none."""
    telling = {f"random:index/random{kind}:Random{kind}" for kind in ("Bytes", "String", "Uuid", "Integer")}
    assert not telling & {each.type for each in recorded(component, "one").resources.values()}


@COMPONENTS
def test_an_object_of_kubernetes_has_no_empty_metadata(component: type[Component]) -> None:
    """A real server tells nothing of an empty mapping: every deployment would find it missing."""
    found = recorded(component, "one").resources.values()
    told = {each.name: each.inputs.get("metadata") for each in found if each.type.startswith("kubernetes:")}
    assert {
        name for name, metadata in told.items() if isinstance(metadata, Mapping) and {} in metadata.values()
    } == set()


@COMPONENTS
def test_a_component_says_what_it_promises(component: type[Component]) -> None:
    assert len((component.__doc__ or "").split()) > 8
    source = inspect.getsource(component)
    for output in declared(component):
        assert f"    {output}: " in source, "declared outputs stand in the class body"


def test_modules_of_components_stay_in_their_folder() -> None:
    folders = {component.__module__.split(".")[1] for component in ALL}
    assert folders <= {"cloud", "onprem", "link", "platform", "services"}
