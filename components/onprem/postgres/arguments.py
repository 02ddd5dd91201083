"""What a hospital says of its database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network

from pulumi import Input

from components.classification import Classification, classified
from components.onprem.postgres.archive import Archive
from components.onprem.postgres.recovery import Recovery
from components.platform.traffic import ANYWHERE


@dataclass(frozen=True, kw_only=True, slots=True)
class PostgresArgs:
    """Where the database is, how large, who uses it, and where its archive is."""

    namespace: Input[str]
    """``data``, known once it exists; it meets Pod Security's level ``restricted``."""
    operator: Input[str]
    """Known once clusters can be described (``DatabaseOperator.ready``)."""
    name: str = "postgres"
    """Of the cluster in Kubernetes; it never changes."""
    instances: int
    """3: one writes, each commit is on a second one before it is confirmed. 1: for development."""
    storage_class: Input[str]
    """Encrypted, and without copies of its own: the instances are the copies."""
    data_gib: int
    wal_gib: int
    """The disk of the write-ahead log, which also holds what waits for the archive while the WAN is down."""
    cpus: int = 2
    memory_gib: int = 4
    """Of each instance; asked for, and never more. A quarter of it is PostgreSQL's own cache."""
    archive: Archive | None
    """``None`` only where nothing is lost with the machine."""
    issuer: Input[str] | None
    """The ClusterIssuer that signs the servers' certificate; the operator's own authority when absent."""
    clients: Collection[str] = ()
    """Namespaces whose pods may connect."""
    servers: Collection[IPv4Network] = (ANYWHERE,)
    """Where Kubernetes' own servers stand."""
    replication_from: IPv4Network | None = None
    """The cloud's subscribers; they may only have what is de-identified."""
    tolerations: Sequence[Mapping[str, str]] = ()
    nodes: Mapping[str, str] = field(default_factory=dict)
    """Labels of the nodes that may hold it; any when empty."""
    recovery: Recovery | None = None
    """What it begins with, instead of nothing."""
    beside: Collection[str] = ()
    """Names of recovered clusters in the same namespace, which get traffic and account from this one."""
    guest: bool = False
    """Whether this one is such a cluster."""
    classification: Classification = Classification.PATIENT
    """Of what lies in it; less only where nobody's data does, as with a developer."""
    labels: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        classified(self.labels, self.classification)
        if self.instances not in (1, 3):
            raise ValueError(f"{self.instances} instances: write 3, so that any one can be lost, or 1")
        if self.wal_gib < 5:  # noqa: PLR2004 -- the message says it
            raise ValueError(f"{self.wal_gib} GiB for the log: write at least 5, or a busy hour fills it")
        if self.memory_gib < 1 or self.cpus < 1:
            raise ValueError(
                f"{self.cpus} CPUs and {self.memory_gib} GiB for an instance: write a whole CPU and a GiB of "
                "memory at least"
            )
        if self.replication_from == ANYWHERE:
            raise ValueError("replication from everywhere: name the cloud's own range of addresses")
        if self.recovery and self.recovery.source == self.name:
            raise ValueError(
                f"{self.name} recovered from its own archive would write into it: give it another name"
            )
        if self.guest and self.beside:
            raise ValueError("a guest with guests: name all of them at the one that makes the traffic")
        if self.recovery and not self.archive:
            raise ValueError("a recovery reads an archive: give it")
