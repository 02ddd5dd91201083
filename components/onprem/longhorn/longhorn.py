"""Encrypted volumes on the nodes' own disks, copied to other nodes and to a bucket."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network
from typing import Any

from pulumi import Input, Output, Resource, ResourceOptions
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.core import v1 as core
from pulumi_kubernetes.networking import v1 as networking
from pulumi_kubernetes.storage import v1 as storage
from pulumi_random import RandomPassword

from components.base import Component, after
from components.classification import LABEL, Classification
from components.onprem.longhorn import backups, channel, encryption
from components.onprem.longhorn.backups import Backups, Kept
from components.onprem.longhorn.values import Taint, values
from components.platform.certificates import READY
from components.platform.charts import release
from components.platform.traffic import ANYWHERE, Traffic, TrafficArgs


@dataclass(frozen=True, kw_only=True, slots=True)
class LonghornArgs:
    """How much is kept where."""

    namespace: Input[str]
    """``longhorn-system``, known once it exists, Pod Security ``privileged``."""
    issuer: Input[str]
    """A ClusterIssuer, known once it signs."""
    storage_nodes: int
    """How many nodes are labelled ``node.longhorn.io/create-default-disk=true``."""
    replicas: int = 3
    """Copies of each volume of ``longhorn-crypto``, each on another node."""
    backups: Backups | None
    """None keeps data in this cluster only."""
    kept: Kept = field(default_factory=Kept)
    taints: Sequence[Taint] = ()
    """Of nodes whose pods use volumes all the same."""
    callers: Sequence[IPv4Network] = (ANYWHERE,)
    """From where the control plane calls Longhorn's webhook, as for ``Certificates``."""
    servers: Sequence[IPv4Network] = (ANYWHERE,)
    """Where the control plane answers."""

    def __post_init__(self) -> None:
        if self.replicas < 1 or self.storage_nodes < 1:
            raise ValueError("Longhorn needs a storage node and a replica: write 1 or more of both")
        if self.replicas > 1 and self.replicas >= self.storage_nodes:
            raise ValueError(
                f"{self.replicas} replicas on {self.storage_nodes} storage nodes: when a node is lost, none "
                "is left to rebuild its copies on; have one storage node more, or one replica fewer"
            )


class Longhorn(Component, token="onprem:Longhorn"):
    """Block storage that is always encrypted: no class offers less, and a released volume is kept.

    One passphrase opens all volumes and their backups. Losing it is losing the data: it is made once, is
    protected whatever the stack says, and must be kept where neither the cluster nor this program's state is.
    """

    replicated: Output[str]
    """The class for what has no copies of its own; known, like the other, once volumes can be made."""
    strict_local: Output[str]
    """The class for what copies itself: one copy, on the node where its pod runs."""
    passphrase: Output[str]
    """Secret; for the escrow."""

    def __init__(self, name: str, args: LonghornArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        traffic = self._traffic(name, args)
        key = RandomPassword(name, length=encryption.LENGTH, special=False, opts=self.child(protect=True))
        first = [
            self._key(name, args, key.result),
            self._certificate(name, args),
            *self._credentials(name, args),
            *(classes := self._classes(name, args)),
        ]
        chosen = values(replicas=args.replicas, taints=args.taints, callers=args.callers, target=args.backups)
        operator = release(name, "longhorn", traffic.closed, chosen, self.child(depends_on=first))
        self._jobs(name, args, operator)
        self.replicated, self.strict_local = (
            after(of, each.id, operator.id)
            for of, each in zip((encryption.REPLICATED, encryption.STRICT_LOCAL), classes, strict=True)
        )
        self.passphrase = Output.secret(key.result)
        self.seal()

    def _loose(self, **options: Any) -> ResourceOptions:
        """For what holds no data: it can always be removed."""
        return self.child(protect=False, **options)

    def _traffic(self, name: str, args: LonghornArgs) -> Traffic:
        networking.NetworkPolicy(
            f"{name}-inside",
            metadata={"name": "inside", "namespace": args.namespace},
            spec=channel.INSIDE,
            opts=self._loose(),
        )
        allowed = channel.allowances(args.backups, args.servers)
        return Traffic(name, TrafficArgs(namespace=args.namespace, allowances=allowed), self._loose())

    def _key(self, name: str, args: LonghornArgs, key: Output[str]) -> core.Secret:
        """Kept even when this program is done with it: volumes are opened with it whenever a pod starts."""
        return core.Secret(
            f"{name}-key",
            metadata={"name": encryption.SECRET, "namespace": args.namespace},
            string_data=Output.secret({**encryption.RECIPE, "CRYPTO_KEY_VALUE": key}),
            opts=self.child(protect=True, retain_on_delete=True),
        )

    def _credentials(self, name: str, args: LonghornArgs) -> list[core.Secret]:
        if args.backups is None:
            return []
        return [
            core.Secret(
                f"{name}-backup",
                metadata={"name": backups.SECRET, "namespace": args.namespace},
                string_data=args.backups.credentials,
                opts=self._loose(),
            )
        ]

    def _certificate(self, name: str, args: LonghornArgs) -> CustomResource:
        issuer = {"kind": "ClusterIssuer", "group": "cert-manager.io", "name": args.issuer}
        return CustomResource(
            f"{name}-channel",
            api_version="cert-manager.io/v1",
            kind="Certificate",
            metadata={"name": channel.SECRET, "namespace": args.namespace, "annotations": READY},
            spec={**channel.CERTIFICATE, "issuerRef": issuer},
            opts=self._loose(),
        )

    def _classes(self, name: str, args: LonghornArgs) -> list[storage.StorageClass]:
        offered = {
            encryption.REPLICATED: encryption.parameters(replicas=args.replicas, local=False),
            encryption.STRICT_LOCAL: encryption.parameters(replicas=1, local=True),
        }
        return [
            storage.StorageClass(
                f"{name}-{of.removeprefix('longhorn-')}",
                metadata={"name": of, "labels": {LABEL: Classification.PATIENT}},
                provisioner="driver.longhorn.io",
                parameters=parameters,
                reclaim_policy="Retain",
                volume_binding_mode="WaitForFirstConsumer",
                allow_volume_expansion=True,
                opts=self._loose(),
            )
            for of, parameters in offered.items()
        ]

    def _jobs(self, name: str, args: LonghornArgs, operator: Resource) -> None:
        for job, spec in backups.jobs(args.kept, backups=args.backups is not None).items():
            CustomResource(
                f"{name}-{job}",
                api_version="longhorn.io/v1beta2",
                kind="RecurringJob",
                metadata={"name": job, "namespace": args.namespace},
                spec={"name": job, **spec},
                opts=self._loose(depends_on=[operator]),
            )
