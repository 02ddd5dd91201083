"""One node, for the contract tests."""

from collections.abc import Callable, Mapping

from pulumi import ResourceOptions

from components.base import Component
from components.onprem.machines.node import Node, NodeArgs
from tests.components.onprem.machines import world


def _node(name: str, opts: ResourceOptions | None) -> Component:
    args = NodeArgs(
        host=world.mac(),
        lan=world.LAN,
        clocks=world.CLOCKS,
        driver=world.LIMA,
        files=world.FILES,
        starts=["knock.service"],
        secret_files={"/etc/knock/secret": "hush"},
    )
    return Node(name, args, opts)


SAMPLES: Mapping[type[Component], Callable[[str, ResourceOptions | None], Component]] = {Node: _node}
