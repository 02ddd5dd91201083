"""A graph as golden text: a line for each resource, so that a change of the platform reads as a diff."""

from toolkit.graph import Graph, Resource


def inventory(graph: Graph) -> str:
    """Every resource with its parent, what it waits for, and the options that guard it; sorted."""
    return "\n".join(sorted(_line(each) for each in graph.resources.values())) + "\n"


def _line(resource: Resource) -> str:
    parts = [f"{resource.type} {resource.name}"]
    if resource.parent:
        parts.append(f"< {_name(resource.parent)}")
    if resource.dependencies:
        parts.append(f"{{{', '.join(sorted(map(_name, resource.dependencies)))}}}")
    parts += [word for word, on in _flags(resource).items() if on]
    return " ".join(parts)


def _flags(resource: Resource) -> dict[str, bool]:
    return {
        "protect": resource.protect,
        "retain": resource.retain_on_delete,
        f"with {_name(resource.deleted_with)}": bool(resource.deleted_with),
        f"ignores {', '.join(resource.ignore_changes)}": bool(resource.ignore_changes),
    }


def _name(urn: str) -> str:
    kind, _, name = urn.rpartition("::")
    return f"{kind.rpartition(':')[2]} {name}" if urn else ""
