"""What the program renders for the link, read from a recording of the whole program: nothing of it is copied.

Only what Google chooses is put in its place: the recording makes up names for the gateways' public addresses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from stacks import build
from tests.link.lab.plan import OUTSIDE, settings
from tests.link.lab.server import Server
from toolkit.graph import Graph
from toolkit.recorder import record
from toolkit.values import Secret


@dataclass(frozen=True)
class Rendered:
    """One generation's graph, read by what stands in it."""

    graph: Graph

    def of(self, kind: str, prefix: str = "") -> Mapping[str, Mapping[str, Any]]:
        """The inputs of every resource of a class, by name."""
        return {
            each.name: plain(each.inputs)
            for each in self.graph.resources.values()
            if each.custom and each.type.endswith(f":{kind}") and each.name.startswith(prefix)
        }

    def secrets(self) -> Mapping[str, str]:
        """What the program writes into Secret Manager, by the name of the secret."""
        values = self.of("SecretVersion", "link-")
        texts = {name.removesuffix("-value"): each["secretDataWo"] for name, each in values.items()}
        return {name: _placed(text) for name, text in texts.items()}

    def start(self, gateway: str) -> Mapping[str, Any]:
        """A gateway's start-up configuration, as cloud-init reads it."""
        (template,) = self.of("InstanceTemplate", f"link-{gateway}").values()
        return yaml.safe_load(template["metadata"]["user-data"])


@cache
def rendered(generation: int = 1, retired: int = 0) -> Rendered:
    """What the program asks for with those generations of keys."""
    known = settings(generation, retired)
    return Rendered(record(lambda: build(known), project="prontuario", stack="prod", preview=False))


def first_start(server: Server, config: Mapping[str, Any]) -> None:
    """Do what cloud-init does with that; the packages are those of this machine."""
    for file in config["write_files"]:
        server.put(file["path"], file["content"], int(file["permissions"], 8))
    for command in config["runcmd"]:
        server.run(*command)


def plain(value: Any) -> Any:
    """A value without the marks of secrets."""
    match value:
        case Secret():
            return plain(value.value)
        case Mapping():
            return {key: plain(each) for key, each in value.items()}
        case list() | tuple():
            return [*map(plain, value)]
    return value


def _placed(text: str) -> str:
    for gateway, address in OUTSIDE.items():
        text = text.replace(f"link-{gateway}-public-address", address)
    return text
