"""Who may have which secret in a hospital's cluster."""

from typing import Final

from components.classification import Classification
from components.cloud.network.ranges import PRIVATE_APIS
from components.onprem.vault.seal import TOKEN, CloudKmsSeal
from components.onprem.vault.values import Disk
from components.onprem.vault.vault import Vault, VaultArgs
from stacks.hospital.floor import Floor
from stacks.hospital.trust import Trust
from stacks.hospital.volumes import Volumes

SMALL: Final = "2Gi"
"""Of each disk on a laptop."""


def build_vault(floor: Floor, volumes: Volumes, seal: CloudKmsSeal | None) -> Vault:
    """Vault, which opens itself only with a ``seal``; without one it is for data of nobody."""
    lot = floor.lot
    size = {} if seal else {"size": SMALL}
    args = VaultArgs(
        namespace=floor.namespaces["vault"],
        replicas=lot.care.local_instances,
        data=Disk(storage_class=volumes.single, **size),
        audit=Disk(storage_class=volumes.single, **size),
        snapshots=Disk(storage_class=volumes.replicated, **size),
        issuer=floor.issuer,
        seal=seal,
        classification=Classification.PATIENT if seal else Classification.INTERNAL,
        api_servers=lot.servers,
        labels=lot.settings.labels,
    )
    return Vault(f"{lot.name}-vault", args, lot.guarded)


def seal_of(trust: Trust) -> CloudKmsSeal:
    """The site's key in Google, through the link."""
    return CloudKmsSeal(
        key=trust.seal,
        audience=trust.federation.audience,
        credentials=trust.federation.credentials(TOKEN),
        apis=[PRIVATE_APIS],
    )
