"""Longhorn as a hospital with four storage nodes has it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from pulumi import ResourceOptions

from components.base import Component
from components.onprem.longhorn.backups import Backups
from components.onprem.longhorn.longhorn import Longhorn, LonghornArgs
from components.onprem.longhorn.values import Taint

BACKUPS: Final = Backups(
    bucket="aurora-backups",
    folder="longhorn/recife",
    region="southamerica-east1",
    access_key="GOOG1EXAMPLE",
    secret_key="hush",  # noqa: S106 -- an example
)

ARGS: Final = LonghornArgs(
    namespace="longhorn-system",
    issuer="hospital",
    storage_nodes=4,
    backups=BACKUPS,
    taints=[Taint(key="duty", value="ai-inference")],
)

ALONE: Final = replace(ARGS, storage_nodes=1, replicas=1, backups=None, taints=())
"""As on one node, without a bucket."""


def longhorn(name: str, opts: ResourceOptions | None = None) -> Longhorn:
    return Longhorn(name, ARGS, opts)


SAMPLES: Mapping[type[Component], Callable[[str, ResourceOptions | None], Component]] = {Longhorn: longhorn}
