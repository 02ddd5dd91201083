"""Which hospital a resource stands in: by the name that the program gives everything there."""

from collections.abc import Mapping
from typing import Final

from toolkit.audit.declared import entries
from toolkit.audit.places import HOME
from toolkit.graph import Graph, Resource
from toolkit.values import Default, Secret

LOCAL: Final = "local"
"""The place of what a developer's own machine runs; it is in no hospital, and holds no patients' data."""

PACKAGES: Final = ("kubernetes", "prontuario", "command", "tls", "random", "pulumi")
"""Whose resources may stand in a hospital; those of a cloud do not, whatever they are called."""


class Hospitals:
    """The sites of a stack, and the country of each."""

    def __init__(self, graph: Graph) -> None:
        sites = _keys(graph.exports.get("hospitals"))
        self.names = sorted(sites)
        self._prefixes = sorted(sites | ({LOCAL} if "local" in graph.exports else set()), key=len)[::-1]
        self._countries = {
            entry["location"]: entry["country"]
            for entry in entries(graph)
            if entry.get("location") in sites and entry.get("country")
        }

    def of(self, resource: Resource) -> str:
        """The site of a resource; ``local`` for a developer's machine, empty for the cloud."""
        package, _, rest = resource.type.partition(":")
        if package not in PACKAGES or rest.startswith(("gcp:", "link:")):
            return ""
        return next((site for site in self._prefixes if resource.name.startswith(f"{site}-")), "")

    def country(self, site: str) -> str:
        """Where a site lies: as the data map says, or else at home."""
        return self._countries.get(site, HOME) if site in self.names else ""


def _keys(exported: object) -> set[str]:
    while isinstance(exported, Default | Secret):
        exported = exported.value
    return {str(name) for name in exported} if isinstance(exported, Mapping) else set()
