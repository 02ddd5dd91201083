"""k3s' configuration, for servers and for agents."""

from collections.abc import Mapping
from typing import Any, Final

import yaml

from components.files import File, Files
from components.onprem.k3s import hardening, kubelet
from components.onprem.k3s.nodes import Node
from components.onprem.k3s.plan import ClusterPlan

FOLDER: Final = "/etc/rancher/k3s"
CONFIG: Final = f"{FOLDER}/config.yaml"
TOKEN: Final = f"{FOLDER}/token"
"""What a server keeps: it opens the cluster's own keys, also inside a snapshot."""
AGENT_TOKEN: Final = f"{FOLDER}/agent-token"
"""What workers join with; it opens nothing else."""

S3_SECRET: Final = "k3s-etcd-snapshot-s3-config"  # noqa: S105 -- a Secret's name
"""In kube-system: read anew at each snapshot, so keys rotate without a restart."""

DISABLED: Final = ("servicelb", "traefik", "local-storage")
"""MetalLB gives addresses; the way in comes with the services that use it, and an unasked one would listen on
every node; the local class is not encrypted, and would be the default for whatever names none."""

TLS: Final = "tls-min-version=VersionTLS13"


def server_config(plan: ClusterPlan, node: Node) -> Mapping[str, Any]:
    """For a server. Encryption of Secrets has no switch: it cannot be put on later."""
    return {
        **({"cluster-init": True} if node is plan.first else {"server": plan.url}),
        "token-file": TOKEN,
        "agent-token-file": AGENT_TOKEN,
        **_of_node(node),
        "advertise-address": str(node.address),
        "tls-san": [*plan.names, *(str(each.address) for each in plan.servers)],
        "cluster-cidr": str(plan.pods),
        "service-cidr": str(plan.services),
        "cluster-dns": str(plan.dns),
        "flannel-backend": "wireguard-native",
        "disable": [*DISABLED],
        "write-kubeconfig-mode": "0600",
        "secrets-encryption": True,
        "secrets-encryption-provider": "secretbox",
        "supervisor-metrics": True,
        **_snapshots(plan),
        "kube-apiserver-arg": [
            "enable-admission-plugins=NodeRestriction,EventRateLimit",
            f"admission-control-config-file={hardening.ADMISSION}",
            f"audit-policy-file={hardening.AUDIT}",
            f"audit-log-path={hardening.AUDIT_LOG}",
            "audit-log-maxage=30",
            "audit-log-maxbackup=10",
            "audit-log-maxsize=100",
            "service-account-extend-token-expiration=false",
            TLS,
        ],
        "kube-controller-manager-arg": ["terminated-pod-gc-threshold=100", TLS],
        "kube-scheduler-arg": [TLS],
    }


def agent_config(plan: ClusterPlan, node: Node) -> Mapping[str, Any]:
    """For a worker."""
    return {"server": plan.url, "token-file": AGENT_TOKEN, **_of_node(node)}


def files(plan: ClusterPlan, node: Node) -> Files:
    """Everything of k3s on a node but its binary, its unit and its tokens. Nothing of it is secret."""
    server = node in plan.servers
    return {
        hardening.SYSCTL: File(content=hardening.sysctls()),
        kubelet.FILE: File(content=written(kubelet.kubelet(server=server)), mode=0o600),
        **(_of_servers() if server else {}),
        CONFIG: File(
            content=written((server_config if server else agent_config)(plan, node)),
            mode=0o600,
        ),
    }


def written(document: Mapping[str, Any]) -> str:
    """As YAML, in the order of the document."""
    return yaml.safe_dump(document, sort_keys=False, width=100)


def _of_servers() -> Files:
    return {
        hardening.ADMISSION: File(content=written(hardening.admission()), mode=0o600),
        hardening.AUDIT: File(content=written(hardening.audit()), mode=0o600),
    }


def _of_node(node: Node) -> Mapping[str, Any]:
    """Of any node. kube-proxy stays as it is: flannel and network policies use iptables, like it.

    The rules by which pods keep their address in the link were proven beside exactly that.
    """
    return {
        "node-name": node.name,
        "node-ip": str(node.address),
        "flannel-iface": node.interface,
        "protect-kernel-defaults": True,
        **({"node-label": [f"{key}={value}" for key, value in node.labels.items()]} if node.labels else {}),
        **({"node-taint": [*node.taints]} if node.taints else {}),
    }


def _snapshots(plan: ClusterPlan) -> Mapping[str, Any]:
    """Every six hours, a week of them on the machine. Any further s3 key would make k3s ignore the Secret."""
    elsewhere = {"etcd-s3": True, "etcd-s3-config-secret": S3_SECRET} if plan.uploads else {}
    return {
        "etcd-snapshot-schedule-cron": "0 */6 * * *",
        "etcd-snapshot-retention": 28,
        "etcd-snapshot-compress": True,
        **elsewhere,
    }
