"""Small graphs, written by hand."""

from typing import Any

from toolkit.graph import STACK, Graph, Resource

BUCKET = "gcp:storage/bucket:Bucket"
NETWORK = "gcp:compute/network:Network"
COMPONENT = "prontuario:gcp:Network"


def urn(chain: str, name: str, project: str = "clinic", stack: str = "dev") -> str:
    """The URN of a resource whose types, from the outermost component, are ``chain``."""
    return f"urn:pulumi:{stack}::{project}::{chain}::{name}"


def resource(chain: str, name: str, **fields: Any) -> Resource:
    """A resource; its type is the last of ``chain``, and it is a component if its type is this house's."""
    kind = chain.rpartition("$")[2]
    fields.setdefault("custom", not kind.startswith(("prontuario:", STACK)))
    return Resource(urn=urn(chain, name), type=kind, name=name, **fields)


def graph(*resources: Resource, **fields: Any) -> Graph:
    """A graph of the stack ``clinic/dev``."""
    return Graph(project="clinic", stack="dev", resources={one.urn: one for one in resources}, **fields)
