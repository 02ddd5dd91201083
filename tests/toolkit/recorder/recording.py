"""Small programs to record, and what is found in them."""

from collections.abc import Callable
from typing import Any

import pulumi
from pulumi import ComponentResource, ResourceOptions
from pulumi_gcp import storage

from toolkit.graph import Graph, Resource
from toolkit.recorder import record

STACK = "urn:pulumi:prod::clinic::pulumi:pulumi:Stack::clinic-prod"


class Site(ComponentResource):
    """A component to hang resources on."""

    def __init__(self, name: str, opts: ResourceOptions | None = None) -> None:
        super().__init__("clinic:cloud:Site", name, None, opts)


def recorded(program: Callable[[], object], **options: Any) -> Graph:
    """What the recorder keeps of ``program``."""
    return record(program, project="clinic", stack="prod", **options)


def one(graph: Graph, name: str) -> Resource:
    """The only resource of that name."""
    (found,) = (each for each in graph.resources.values() if each.name == name)
    return found


def bucket(key: str, /, **inputs: Any) -> storage.Bucket:
    """A bucket with what it cannot be without."""
    return storage.Bucket(key, location="US", **inputs)


def below(parent: pulumi.Resource, **options: Any) -> ResourceOptions:
    """Options of a resource inside of ``parent``."""
    return ResourceOptions(parent=parent, **options)
