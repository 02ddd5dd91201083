"""The hospital's database."""

import json
from collections.abc import Mapping
from typing import Final

from pulumi import Input, Output, ResourceOptions
from pulumi_kubernetes.apiextensions import CustomResource
from pulumi_kubernetes.core import v1 as core
from pulumi_kubernetes.meta import v1 as meta

from components.base import Component, after
from components.classification import classified
from components.onprem.postgres import archive, metrics, roles, spec, traffic
from components.onprem.postgres.archive import Archive
from components.onprem.postgres.arguments import PostgresArgs
from components.onprem.postgres.custom import Custom
from components.platform.traffic import Traffic, TrafficArgs

HOLDING: Final = ("Cluster",)
"""Kinds that go with what is in them."""

RELOADED: Final[Mapping[str, str]] = {"cnpg.io/reload": ""}
"""On what servers read anew whenever it changes."""


class Postgres(Component, token="onprem:Postgres"):
    """PostgreSQL 15 for patients' data, under CloudNativePG, on encrypted volumes.

    Every connection is TLS 1.3, and services show a certificate of the database's own authority: no password
    is made here, nor in state. Each read and write of a table is told, without the data. Three instances on
    three machines; a commit that is confirmed is on two of them. The archive is reached without a key, and
    from it the database can go back to any second. Only the de-identified database can be replicated out.
    """

    cluster: Output[str]
    """The cluster's name; known, as all of these, once it and its databases are described."""
    services: Mapping[str, Output[str]]
    """Host names: ``rw`` where one writes, ``ro`` where one only reads."""

    def __init__(self, name: str, args: PostgresArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        first = [self._queries(name, args)]
        if args.archive:
            first.append(self._archive(name, args, args.archive))
        if args.issuer is not None:
            signed = spec.certificate(args.name, args.namespace, args.issuer)
            first.append(self._made(name, args, signed, args.namespace).id)
        if not args.guest:
            first += [self._traffic(name, args), self._account(name, args)]
        described = Custom(kind="Cluster", name=args.name, spec=spec.cluster(args))
        cluster = self._made(name, args, described, after(args.namespace, args.operator, *first))
        inside = self._inside(name, args, cluster)
        self.cluster = after(args.name, cluster.id, *inside)
        self.services = {
            kind: Output.format("{0}-{1}.{2}.svc", self.cluster, kind, args.namespace)
            for kind in spec.SERVICES
        }
        self.seal()

    def _traffic(self, name: str, args: PostgresArgs) -> Output[str]:
        allowances = {
            key: allowance
            for cluster in (args.name, *sorted(args.beside))
            for key, allowance in traffic.database(
                cluster,
                clients=args.clients,
                servers=args.servers,
                replication=args.replication_from,
                archived=args.archive is not None,
            )
        }
        closed = Traffic(
            name, TrafficArgs(namespace=args.namespace, allowances=allowances), self.child(protect=False)
        )
        return closed.closed

    def _account(self, name: str, args: PostgresArgs) -> Output[str]:
        account = core.ServiceAccount(
            name,
            metadata=_meta(archive.ACCOUNT, args.namespace, args.labels),
            automount_service_account_token=False,
            opts=self.child(protect=False),
        )
        return account.id

    def _queries(self, name: str, args: PostgresArgs) -> Output[str]:
        written = core.ConfigMap(
            f"{name}-queries",
            metadata=_meta(f"{args.name}-queries", args.namespace, RELOADED),
            data={metrics.KEY: json.dumps(dict(metrics.QUERIES), indent=1)},
            opts=self.child(protect=False),
        )
        return written.id

    def _archive(self, name: str, args: PostgresArgs, kept: Archive) -> Output[str]:
        known = core.Secret(
            f"{name}-archive",
            metadata=_meta(args.name, args.namespace, {}),
            string_data={archive.CREDENTIALS: kept.credentials},
            opts=self.child(protect=False),
        )
        store = Custom(api=archive.API, kind="ObjectStore", name=args.name, spec=kept.store(args.name))
        return self._made(name, args, store, after(args.namespace, args.operator, known.id)).id

    def _inside(self, name: str, args: PostgresArgs, cluster: CustomResource) -> list[Output[str]]:
        """Databases, those who log in, and what is copied out of the cluster."""
        described = [
            *(("Database", each, roles.database(args.name, each)) for each in roles.DATABASES),
            *(("DatabaseRole", each, roles.certified(args.name, each)) for each in roles.CERTIFIED),
            *([("ScheduledBackup", "daily", archive.schedule(args.name))] if args.archive else []),
        ]
        return [
            self._made(
                name,
                args,
                Custom(kind=kind, name=f"{args.name}-{key}".replace("_", "-"), spec=spec),
                after(args.namespace, cluster.id),
            ).id
            for kind, key, spec in described
        ]

    def _made(self, name: str, args: PostgresArgs, custom: Custom, namespace: Input[str]) -> CustomResource:
        return CustomResource(
            f"{name}-{custom.kind.lower()}-{custom.name}",
            api_version=custom.api,
            kind=custom.kind,
            metadata=_meta(custom.name, namespace, classified(args.labels, args.classification)),
            spec=custom.spec,
            opts=self.child() if custom.kind in HOLDING else self.child(protect=False),
        )


def _meta(name: str, namespace: Input[str], labels: Mapping[str, str]) -> meta.ObjectMetaArgsDict:
    """Without labels where there are none: an empty mapping would be a change in every deployment."""
    return {"name": name, "namespace": namespace, **({"labels": {**labels}} if labels else {})}
