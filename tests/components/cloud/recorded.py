"""Programs of cloud components, recorded, and how to read what they asked for."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Final

import pytest

from components.cloud.project import Api, Project, ProjectServices, ProjectServicesArgs
from toolkit.graph import Graph, Resource
from toolkit.recorder import record

PROJECT: Final = "aurora-prod"
NUMBER: Final = 418273645091
REGION: Final = "southamerica-east1"
NETWORK: Final = "projects/aurora-prod/global/networks/vpc"
STORAGE_AGENT: Final = "serviceAccount:service-418273645091@gs-project-accounts.iam.gserviceaccount.com"
LABELS: Final[Mapping[str, str]] = {"owner": "platform"}


@dataclass(frozen=True, slots=True)
class Recording:
    """A graph, read by the short address of a resource: its class and its name, as in ``Network vpc``."""

    graph: Graph

    def resource(self, address: str) -> Resource:
        """The one resource of that address; components are asked for by ``component``."""
        (found,) = (each for each in self._resources(custom=True) if _address(each.urn) == address)
        return found

    def component(self, name: str) -> Resource:
        """The one component of that name."""
        (found,) = (each for each in self._resources(custom=False) if each.name == name)
        return found

    def addresses(self, kind: str) -> list[str]:
        """The names of every resource of that class, in alphabetical order."""
        return sorted(each.name for each in self._resources(custom=True) if each.type.endswith(f":{kind}"))

    def at(self, address: str, path: str) -> object:
        """The input at a dotted path, list positions as numbers; ``None`` where nothing was given."""
        value: object = self.resource(address).inputs
        for step in path.split("."):
            match value:
                case Mapping():
                    value = value.get(step)
                case Sequence():
                    value = value[int(step)]
        return value

    def waits(self, address: str) -> set[str]:
        """The addresses of everything that must exist first."""
        return {*map(_address, self.resource(address).dependencies)}

    def _resources(self, *, custom: bool) -> list[Resource]:
        return [each for each in self.graph.resources.values() if each.custom is custom]


def recorded(program: Callable[[], object], *, preview: bool = True) -> Recording:
    """What ``program`` asks for, which the provider's own types must accept."""
    graph = record(program, project="prontuario", stack="prod", preview=preview)
    assert graph.problems == []
    return Recording(graph)


def build(program: Callable[[Project], object], *, preview: bool = True) -> Recording:
    """What ``program`` asks for in a project in which every API is enabled.

    Without ``preview`` everything is known, with made-up values in place of Google's.
    """
    args = ProjectServicesArgs(project=PROJECT, number=NUMBER, apis=[*Api])
    return recorded(lambda: program(ProjectServices("apis", args).project), preview=preview)


def refused(message: str) -> pytest.RaisesExc[ValueError]:
    """Expects a refusal with exactly that message."""
    return pytest.raises(ValueError, match=f"^{re.escape(message)}$")


def anywhere() -> Project:
    """A project for arguments that are never built."""
    return Project(id=PROJECT, services={}, agents={})


def networks(*ranges: str) -> list[IPv4Network]:
    """Ranges from their texts."""
    return [*map(IPv4Network, ranges)]


def _address(urn: str) -> str:
    *_, types, name = urn.split("::", 3)
    return f"{types.rpartition('$')[2].rpartition(':')[2]} {name}"
