"""Which modules of the provider SDKs a stack uses, as its graph tells."""

from pulumi.runtime.rpc import get_resource_module

from tests.stacks.graphs import graph_of


def used(stack: str) -> dict[str, set[str]]:
    """The classes that a stack makes, by the SDK package that holds them."""
    packages: dict[str, set[str]] = {}
    for resource in graph_of(stack).resources.values():
        package, _, rest = resource.type.partition(":")
        found = get_resource_module(package, rest.rpartition(":")[0], "")
        info = getattr(found, "mod_info", None)
        if resource.custom and info:
            packages.setdefault(info["fqn"], set()).add(info["classes"][resource.type])
    return packages


def touch(packages: dict[str, set[str]]) -> str:
    """A program that imports Pulumi and these classes, and nothing else of ours but the narrowing."""
    lines = ["import pulumi, components", "from importlib import import_module"]
    for package, classes in sorted(packages.items()):
        lines += [f"getattr(import_module({package!r}), {name!r})" for name in sorted(classes)]
    return "\n".join(lines)
