"""A cluster as CloudNativePG reads it."""

from collections.abc import Mapping
from typing import Any, Final

from pulumi import Input, Output

from components.classification import classified
from components.onprem.postgres import archive, metrics, roles, version
from components.onprem.postgres.arguments import PostgresArgs
from components.onprem.postgres.custom import Custom
from components.onprem.postgres.parameters import parameters

SERVICES: Final = ("rw", "ro")
"""The operator's Services: where one writes, and where one only reads (nobody answers with one instance)."""

STOP: Final = 300
"""Seconds until a server that shuts down is stopped hard; what is not archived by then is on its disk."""


def cluster(args: PostgresArgs) -> Mapping[str, Any]:
    """The description of the cluster."""
    limits = {"cpu": str(args.cpus), "memory": f"{args.memory_gib}Gi"}
    return {
        "instances": args.instances,
        "imageName": version.IMAGE,
        "bootstrap": args.recovery.bootstrap() if args.recovery else {"initdb": _beginning()},
        "serviceAccountName": archive.ACCOUNT,
        "enableSuperuserAccess": False,
        "enablePDB": args.instances > 1,
        "storage": {"size": f"{args.data_gib}Gi", "storageClass": args.storage_class},
        "walStorage": {"size": f"{args.wal_gib}Gi", "storageClass": args.storage_class},
        "resources": {"requests": limits, "limits": limits},
        "affinity": _placed(args),
        "postgresql": _postgresql(args),
        "managed": {
            "roles": roles.managed(args.replication_from),
            "services": {"disabledDefaultServices": ["r"]},
        },
        "replicationSlots": {
            "highAvailability": {"enabled": True, "synchronizeLogicalDecoding": True},
            "synchronizeReplicas": {"enabled": True},
        },
        "primaryUpdateStrategy": "unsupervised",
        "primaryUpdateMethod": "switchover",
        "failoverDelay": 0,
        "switchoverDelay": STOP,
        "smartShutdownTimeout": 30,
        "stopDelay": STOP,
        "seccompProfile": {"type": "RuntimeDefault"},
        "inheritedMetadata": {"labels": classified(args.labels, args.classification)},
        "monitoring": {
            "enablePodMonitor": False,  # its definition comes with the monitoring
            "tls": {"enabled": True},
            "customQueriesConfigMap": [{"name": f"{args.name}-queries", "key": metrics.KEY}],
        },
        **_certified(args),
        **_archived(args),
    }


def certificate(cluster: str, namespace: Input[str], issuer: Input[str]) -> Custom:
    """The servers' certificate, in a Secret that they read anew when it is renewed."""
    hosts = [f"{cluster}-{kind}" for kind in SERVICES]
    wanted = {
        "secretName": server_secret(cluster),
        "secretTemplate": {"labels": {"cnpg.io/reload": ""}},
        "commonName": f"{cluster}-rw",
        "dnsNames": [
            *hosts,
            *(Output.format("{0}.{1}", host, namespace) for host in hosts),
            *(Output.format("{0}.{1}.svc", host, namespace) for host in hosts),
        ],
        "usages": ["server auth"],
        "duration": "2160h",
        "renewBefore": "720h",
        "privateKey": {"algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always"},
        "issuerRef": {"name": issuer, "kind": "ClusterIssuer", "group": "cert-manager.io"},
    }
    return Custom(api="cert-manager.io/v1", kind="Certificate", name=server_secret(cluster), spec=wanted)


def server_secret(cluster: str) -> str:
    """Where the servers' certificate lies."""
    return f"{cluster}-server-cert"


def _beginning() -> Mapping[str, Any]:
    return {
        "database": roles.OWN,
        "owner": roles.OWN,
        "dataChecksums": True,
        "encoding": "UTF8",
        "localeCollate": version.COLLATE,
        "localeCType": version.CTYPE,
        "postInitTemplateSQL": [*roles.SHUT],
    }


def _placed(args: PostgresArgs) -> Mapping[str, Any]:
    placed = {"nodeSelector": {**args.nodes}, "tolerations": [*args.tolerations]}
    if args.instances == 1:
        return {**placed, "enablePodAntiAffinity": False}
    return {
        **placed,
        "enablePodAntiAffinity": True,
        "podAntiAffinityType": "required",
        "topologyKey": "kubernetes.io/hostname",
    }


def _postgresql(args: PostgresArgs) -> Mapping[str, Any]:
    both = {"method": "any", "number": 1, "dataDurability": "required", "failoverQuorum": True}
    return {
        "parameters": parameters(memory_gib=args.memory_gib, wal_gib=args.wal_gib),
        "pg_hba": roles.admissions(args.replication_from),
        "enableAlterSystem": False,
        **({"synchronous": both} if args.instances > 1 else {}),
    }


def _certified(args: PostgresArgs) -> Mapping[str, Any]:
    if args.issuer is None:
        return {}
    secret = server_secret(args.name)
    return {"certificates": {"serverTLSSecret": secret, "serverCASecret": secret}}


def _archived(args: PostgresArgs) -> Mapping[str, Any]:
    if not args.archive:
        return {}
    return {
        "plugins": [archive.archiver(args.name)],
        "projectedVolumeTemplate": args.archive.volume(),
        **({"externalClusters": [args.recovery.origin(args.name)]} if args.recovery else {}),
    }
