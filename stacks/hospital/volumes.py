"""Where a hospital's cluster keeps what its pods write."""

from dataclasses import dataclass

from pulumi import Input, Output

from components.cloud.network.ranges import PRIVATE_APIS
from components.onprem.k3s.nodes import APART, DUTY
from components.onprem.longhorn.backups import Backups
from components.onprem.longhorn.longhorn import Longhorn, LonghornArgs
from components.onprem.longhorn.values import Taint
from settings import Site
from stacks.ground import Ground
from stacks.hospital.floor import Floor
from stacks.hospital.trust import DISKS, Trust


@dataclass(frozen=True, kw_only=True, slots=True)
class Volumes:
    """Storage classes."""

    replicated: Input[str]
    """For what has no copies of its own."""
    single: Input[str]
    """For what copies itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Disks:
    """The classes of encrypted volumes, and the key to all of them."""

    volumes: Volumes
    passphrase: Output[str]


def build_disks(ground: Ground, site: Site, floor: Floor, trust: Trust) -> Disks:
    """Longhorn on the site's machines, with backups in the cloud."""
    args = LonghornArgs(
        namespace=floor.namespaces["longhorn-system"],
        issuer=floor.issuer,
        storage_nodes=sum(host.node_storage_gib > 0 for host in site.hosts),
        replicas=ground.care.volume_replicas,
        backups=Backups(
            bucket=trust.bucket,
            folder=f"{DISKS}/{site.name}",
            region=ground.cloud.region,
            access_key=trust.backups.access_key,
            secret_key=trust.backups.secret_key,
            addresses=[PRIVATE_APIS],
        ),
        callers=floor.lot.callers,
        servers=floor.lot.servers,
        taints=[Taint(key=DUTY, value=duty) for duty in APART],
    )
    made = Longhorn(f"{site.name}-longhorn", args, floor.lot.guarded)
    volumes = Volumes(replicated=made.replicated, single=made.strict_local)
    return Disks(volumes=volumes, passphrase=made.passphrase)
