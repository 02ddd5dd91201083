"""What evidence says: where a value comes from, and what is wrong with it."""

from typing import Final

from policies.path import steps
from toolkit.graph import Resource
from toolkit.values import Secret, Unknown, shown

SHORT: Final = 80
"""So many letters of a value are told in a fault."""


def source(resource: Resource, path: str, plain: object, value: object) -> object:
    """What proves a value that holds: itself, or the resources that an unknown one comes from."""
    if not isinstance(plain, Unknown):
        return value
    top = steps(path)[0]
    sources = dict.fromkeys(resource.property_dependencies.get(str(top), ()))
    return f"from {', '.join(map(_name, sources))}" if sources else plain


def _name(urn: str) -> str:
    kind, _, name = urn.rpartition("::")
    return f"{kind.rpartition(':')[2]} {name}"


def fault(path: str, value: object, wanted: str) -> str:
    """What is wrong with a value, and what to write; never what a secret is."""
    if value is None:
        return f"{path} is missing; {wanted}"
    text = "[secret]" if isinstance(value, Secret) else repr(shown(value))
    return f"{path} is {text if len(text) <= SHORT else text[:SHORT] + '...'}; {wanted}"
