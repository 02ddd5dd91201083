"""Vault for one hospital."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network
from typing import Final

from pulumi import Input, Output, ResourceOptions
from pulumi_kubernetes.core import v1 as core

from components.base import Component, after
from components.classification import Classification, classified
from components.onprem.vault import engines, scripts, seal, server, traffic
from components.onprem.vault.certificate import certificate
from components.onprem.vault.jobs import Job, job
from components.onprem.vault.seal import CloudKmsSeal
from components.onprem.vault.services import SERVICES, Service
from components.onprem.vault.values import CERTIFICATE, FOUNDING, KEEPER, Disk, Servers, values
from components.platform.charts import release
from components.platform.traffic import ANYWHERE, Traffic, TrafficArgs

SNAPSHOTS: Final = "vault-snapshots"
FOLDER: Final = "/snapshots"

KEPT: Final = 28
"""Snapshots: a week's, one every six hours."""


@dataclass(frozen=True, kw_only=True, slots=True)
class VaultArgs:
    """How many servers, on what disks, opened by what, and who comes."""

    namespace: Input[str]
    replicas: int
    """Three, or one where nobody depends on it."""
    data: Disk
    """On strict local volumes: raft makes the copies."""
    audit: Disk
    snapshots: Disk
    """Of a class whose volumes are backed up elsewhere; Vault's copies leave the hospital with it."""
    issuer: Input[str]
    """The name of a cert-manager ClusterIssuer, known once it signs."""
    seal: CloudKmsSeal | None
    """None only where no patient's data is near: five people would be called after every restart."""
    classification: Classification = Classification.PATIENT
    """Of what the secrets open."""
    services: Sequence[Service] = SERVICES
    api_servers: Sequence[IPv4Network] = (ANYWHERE,)
    """Where the cluster's own API answers."""
    monitoring: str = "monitoring"
    """The namespace that reads the metrics."""
    labels: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        classified(self.labels, self.classification)
        if self.replicas not in {1, 3}:
            raise ValueError(
                f"{self.replicas} servers of Vault: write 3, of which any one may be lost, or 1; "
                "an even number is lost as soon as the next smaller one"
            )
        names = [each.name for each in self.services]
        if len({*names}) < len(names):
            raise ValueError("two services of Vault have the same name: each has a policy of its own")
        if self.seal is None and self.classification is Classification.PATIENT:
            raise ValueError(
                "Vault without a seal beside patients' data stays closed after a power loss until people "
                "come: give it a CloudKmsSeal, or another classification"
            )


class Vault(Component, token="onprem:Vault"):
    """HashiCorp Vault in the hospital's cluster: three servers with raft, on encrypted volumes, TLS 1.3 only.

    It opens itself by a key of Cloud KMS, with tokens of its own pods. It comes up empty: people initialise
    it once, by docs/runbooks/vault-ceremony.md, which begins the audit log before all else and ends with
    nobody holding a root token. From then on a job writes, every hour, what the program says: engines, and
    one policy for each service. No secret passes through this program or its state.

    Pods log in with tokens made for Vault and get what their policy names, for an hour. Neither the injector
    nor the web page is installed. New configuration waits until the pods are deleted by hand, and a policy
    that the program no longer names stays until somebody removes it.
    """

    address: Output[str]
    """``https://vault-active.<namespace>.svc:8200``, the leader; known once the servers are installed. It
    answers after the ceremony."""
    authority: Output[str]
    """The Secret in Vault's namespace whose ``ca.crt`` its certificate is checked with."""

    def __init__(self, name: str, args: VaultArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        labels = classified(args.labels, args.classification)
        address = Output.concat(f"https://{server.NAME}-active.", args.namespace, f".svc:{server.PORT}")
        closed = self._traffic(name, args)
        served = certificate(f"{name}-tls", args.namespace, args.replicas, args.issuer, self._loose())
        maps = self._maps(name, args)
        installed = release(name, "vault", closed, values(_servers(args)), self.child())
        self._jobs(name, args, address, labels)
        self.address = after(address, installed.id, served.id, *maps)
        self.authority = after(CERTIFICATE, served.id)
        self.seal()

    def _loose(self) -> ResourceOptions:
        """For what holds no data: it can always be removed."""
        return self.child(protect=False)

    def _traffic(self, name: str, args: VaultArgs) -> Output[str]:
        allowed = traffic.allowances(
            args.services,
            servers=args.api_servers,
            monitoring=args.monitoring,
            google=args.seal.apis if args.seal else (),
        )
        return Traffic(name, TrafficArgs(namespace=args.namespace, allowances=allowed), self._loose()).closed

    def _maps(self, name: str, args: VaultArgs) -> list[Output[str]]:
        """What the servers' pods mount."""
        role = Output.from_input(args.namespace).apply(engines.own_role)
        founding = {
            "found.sh": scripts.founding(),
            "policy.json": engines.own_policy(args.services),
            "role.json": Output.json_dumps(role),
        }
        maps = [
            self._map(name, FOUNDING, args, founding),
            self._map(name, KEEPER, args, {"keeper.sh": scripts.keeper()}),
        ]
        if args.seal:
            maps.append(self._map(name, seal.CONFIG_MAP, args, {seal.CREDENTIALS: args.seal.credentials}))
        return maps

    def _map(self, name: str, key: str, args: VaultArgs, data: Mapping[str, Input[str]]) -> Output[str]:
        return core.ConfigMap(
            f"{name}-{key.removeprefix('vault-')}",
            metadata={"name": key, "namespace": args.namespace},
            data=data,
            opts=self._loose(),
        ).id

    def _jobs(self, name: str, args: VaultArgs, address: Input[str], labels: Mapping[str, str]) -> None:
        told = engines.settings(args.services)
        configuring = {"run.sh": scripts.configuring(told), **{each.file: each.text() for each in told}}
        self._map(name, engines.ACCOUNT, args, configuring)
        job(
            f"{name}-configuration",
            Job(
                name=engines.ACCOUNT,
                namespace=args.namespace,
                address=address,
                schedule="7 * * * *",
                folder=scripts.SETTINGS,
                volume={"name": "own", "config_map": {"name": engines.ACCOUNT}},
            ),
            self._loose(),
        )
        self._map(name, SNAPSHOTS, args, {"run.sh": scripts.snapshotting(FOLDER, KEPT)})
        self._disk(name, args, labels)
        job(
            f"{name}-snapshots",
            Job(
                name=SNAPSHOTS,
                namespace=args.namespace,
                address=address,
                schedule="23 */6 * * *",
                folder=FOLDER,
                volume={"name": "own", "persistent_volume_claim": {"claim_name": SNAPSHOTS}},
            ),
            self._loose(),
        )

    def _disk(self, name: str, args: VaultArgs, labels: Mapping[str, str]) -> None:
        core.PersistentVolumeClaim(
            f"{name}-snapshots",
            metadata={
                "name": SNAPSHOTS,
                "namespace": args.namespace,
                "labels": labels,
                # A class may make the volume only for the first pod; a deployment cannot wait for that.
                "annotations": {"pulumi.com/skipAwait": "true"},
            },
            spec={
                "access_modes": ["ReadWriteOnce"],
                "storage_class_name": args.snapshots.storage_class,
                "resources": {"requests": {"storage": args.snapshots.size}},
            },
            opts=self.child(),
        )


def _servers(args: VaultArgs) -> Servers:
    key: Input[str | None] = args.seal.key if args.seal else None
    return Servers(
        replicas=args.replicas,
        config=Output.from_input(key).apply(lambda known: server.config(args.replicas, known)),
        data=args.data,
        audit=args.audit,
        audience=args.seal.audience if args.seal else None,
        labels=classified({}, args.classification),
    )
