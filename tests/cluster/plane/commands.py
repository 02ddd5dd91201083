"""The command lines of a control plane whose only port is the API server's, on the loopback."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.cluster.plane.authority import Authority

SERVICES: Final = "10.43.0.0/16"
"""Where Services get their addresses: the default of k3s."""
PODS: Final = "10.42.0.1/24"
"""Where kwok takes the addresses of Pods from."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """Where everything of one run is."""

    folder: Path
    """Private to whoever runs the tests: etcd's socket asks nobody who they are."""
    built: Path
    """The folder of the cache."""
    port: int
    authority: Authority
    configs: Sequence[Path]
    """kwok's: its stages, and ours."""
    audit_policy: Path | None = None
    admission: Path | None = None

    def program(self, name: str) -> str:
        """A built program."""
        return str(self.built / "bin" / name)

    def kubeconfig(self, name: str) -> Path:
        """By which a program finds the API server."""
        return self.folder / f"{name}.kubeconfig"

    @property
    def audit(self) -> Path:
        """What the audit policy lets through."""
        return self.folder / "audit.log"

    @property
    def socket(self) -> Path:
        """Where etcd is."""
        return self.folder / "etcd.sock"


def etcd(places: Places) -> Sequence[str]:
    """It need not survive a power cut, so it waits for no disk. Addresses that nobody uses must be some."""
    return (
        places.program("etcd"),
        f"--data-dir={places.folder / 'etcd'}",
        "--unsafe-no-fsync",
        "--log-level=warn",
        f"--listen-client-urls=unix://{places.socket}",
        "--advertise-client-urls=http://localhost:1",
        "--listen-peer-urls=unix://peer:1",
        "--initial-advertise-peer-urls=http://localhost:1",
        "--initial-cluster=default=http://localhost:1",
    )


def apiserver(places: Places) -> Sequence[str]:
    """RBAC for everybody, Pod Security and the other default admission plugins, no endpoint of its own."""
    identity, authority = places.authority.issue("kube-apiserver"), places.authority
    optional = {
        "--audit-policy-file": places.audit_policy,
        "--audit-log-path": places.audit_policy and places.audit,
        "--admission-control-config-file": places.admission,
    }
    return (
        places.program("kube-apiserver"),
        f"--etcd-servers=unix://{places.socket}",
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        f"--secure-port={places.port}",
        f"--tls-cert-file={identity.certificate}",
        f"--tls-private-key-file={identity.key}",
        f"--client-ca-file={authority.identity.certificate}",
        f"--service-cluster-ip-range={SERVICES}",
        "--service-account-issuer=https://kubernetes.default.svc",
        f"--service-account-key-file={authority.accounts}",
        f"--service-account-signing-key-file={authority.accounts}",
        "--authorization-mode=Node,RBAC",
        "--allow-privileged",  # as k3s has it: Pod Security decides, by namespace
        "--enable-admission-plugins=NodeRestriction,PodSecurity",
        "--endpoint-reconciler-type=none",  # it refuses to publish a loopback address
        "--profiling=false",
        *(f"{flag}={value}" for flag, value in optional.items() if value),
    )


def controller_manager(places: Places) -> Sequence[str]:
    """Each controller with its own account; nodes are forgiven silence, since these machines are busy."""
    authority = places.authority
    return (
        places.program("kube-controller-manager"),
        f"--kubeconfig={places.kubeconfig('kube-controller-manager')}",
        "--use-service-account-credentials",
        f"--service-account-private-key-file={authority.accounts}",
        f"--root-ca-file={authority.identity.certificate}",
        f"--cluster-signing-cert-file={authority.identity.certificate}",
        f"--cluster-signing-key-file={authority.identity.key}",
        "--node-monitor-grace-period=10m",
        "--leader-elect=false",
        "--secure-port=0",
    )


def scheduler(places: Places) -> Sequence[str]:
    """Kubernetes' default profile."""
    config = places.kubeconfig("kube-scheduler")
    return (
        places.program("kube-scheduler"),
        f"--kubeconfig={config}",
        "--leader-elect=false",
        "--secure-port=0",
    )


def kwok(places: Places) -> Sequence[str]:
    """Plays the kubelet of every node, by its stages."""
    return (
        places.program("kwok"),
        f"--kubeconfig={places.kubeconfig('kwok')}",
        "--manage-all-nodes",
        f"--cidr={PODS}",
        "--node-lease-duration-seconds=40",
        *(f"--config={file}" for file in places.configs),
    )


USERS: Final[Mapping[str, tuple[str, Sequence[str]]]] = {
    "admin": ("admin", ("system:masters",)),
    "kube-controller-manager": ("system:kube-controller-manager", ()),
    "kube-scheduler": ("system:kube-scheduler", ()),
    "kwok": ("kwok", ("system:masters",)),
}
"""Who has a kubeconfig: user name and groups, as Kubernetes' own RBAC knows them."""
