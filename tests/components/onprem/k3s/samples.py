"""One instance of every component of the cluster, for the contract tests."""

from collections.abc import Callable, Mapping

from pulumi import ResourceOptions

from components.base import Component
from components.onprem.k3s.cluster import K3s, K3sArgs
from components.onprem.k3s.snapshots import Snapshots, SnapshotsArgs
from components.onprem.k3s.upgrades import Upgrades, UpgradesArgs
from tests.components.onprem.k3s import world


def _k3s(name: str, opts: ResourceOptions | None) -> Component:
    return K3s(name, K3sArgs(plan=world.plan(3)), opts)


def _snapshots(name: str, opts: ResourceOptions | None) -> Component:
    args = SnapshotsArgs(
        bucket="example-backups",
        folder="k3s/recife",
        region="us-central1",
        access_key="GOOG1EXAMPLE",
        secret_key="hush",  # noqa: S106 -- an example
    )
    return Snapshots(name, args, opts)


def _upgrades(name: str, opts: ResourceOptions | None) -> Component:
    plan = world.plan()
    args = UpgradesArgs(
        namespace="system-upgrade",
        controller=world.CONTROLLER,
        server=plan.first.machine,
        nodes=[each.name for each in plan.nodes],
    )
    return Upgrades(name, args, opts)


SAMPLES: Mapping[type[Component], Callable[[str, ResourceOptions | None], Component]] = {
    K3s: _k3s,
    Snapshots: _snapshots,
    Upgrades: _upgrades,
}
