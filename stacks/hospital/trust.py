"""What Google gives a hospital's cluster: a place for backups, a seal, and to be believed without keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pulumi import Output

from components.classification import Classification
from components.cloud.access.backups import BackupAccess, BackupAccessArgs
from components.cloud.access.federation import Federation, FederationArgs, Workload
from components.cloud.secrets.escrow import Escrow, EscrowArgs
from components.cloud.secrets.keys import Key, Keys, KeysArgs, Protection
from components.cloud.storage.access import BucketAccess, BucketAccessArgs
from components.onprem.k3s.cluster import K3s
from components.onprem.postgres.archive import ACCOUNT, ROLES
from settings import Site
from stacks.ground import Ground

TOKEN: Final = "k3s-token"  # noqa: S105 -- what it is called
VOLUMES: Final = "volumes-key"

COPIES: Final[Mapping[str, str]] = {
    TOKEN: "no snapshot of the cluster opens without it",
    VOLUMES: "every volume and its backups are encrypted with it",
}
"""What is kept in escrow, and why it cannot be replaced."""

SNAPSHOTS, DISKS, ARCHIVE = "k3s", "longhorn", "postgres"
"""Folders of the backups' bucket; in each of them, every site has one of its own."""

DATABASE: Final = Workload(namespace="data", account=ACCOUNT)
VAULT: Final = Workload(namespace="vault", account="vault")


@dataclass(frozen=True, kw_only=True, slots=True)
class Trust:
    """One site's."""

    federation: Federation
    backups: BackupAccess
    bucket: Output[str]
    """The backups' by name, known once the database may write there."""
    seal: Output[str]
    """Id of the key that opens Vault, known once Vault may use it."""


def build_trust(ground: Ground, site: Site, cluster: K3s, bucket: Output[str]) -> Trust:
    """Accounts and keys of one site, and nothing that another site could use."""
    name = site.name
    federation = Federation(
        f"{name}-cluster",
        FederationArgs(
            project=ground.project,
            site=f"site-{name}",  # some names are too short for Google, or begin with gcp-
            jwks=cluster.jwks,
            workloads=[DATABASE, VAULT],
        ),
        ground.where,
    )
    access = BackupAccessArgs(
        project=ground.project,
        account_id=f"{name}-backups",
        bucket=bucket,
        folders=[f"{SNAPSHOTS}/{name}", f"{DISKS}/{name}"],
    )
    archive = {role: {"database": federation.principal(DATABASE)} for role in ROLES}
    return Trust(
        federation=federation,
        backups=BackupAccess(f"{name}-backups", access, ground.where),
        bucket=BucketAccess(
            f"{name}-archive",
            BucketAccessArgs(bucket=bucket, grants=archive, folders=[f"{ARCHIVE}/{name}"]),
            ground.where,
        ).bucket,
        seal=_seal(ground, name, federation),
    )


def keep(ground: Ground, site: Site, key: Output[str], cluster: K3s, passphrase: Output[str]) -> None:
    """What cannot be replaced, in Secret Manager too: if the hospital burns, backups open there."""
    values = {TOKEN: cluster.server_token, VOLUMES: passphrase}
    for what, reason in COPIES.items():
        name = f"{site.name}-{what}"
        args = EscrowArgs(
            project=ground.project,
            name=name,
            value=values[what],
            reason=reason,
            classification=Classification.PATIENT,
            keys={ground.cloud.region: key},
            labels=ground.settings.labels,
            deletion_protection=ground.care.protect,
        )
        Escrow(name, args, ground.guarded)


def _seal(ground: Ground, name: str, federation: Federation) -> Output[str]:
    key = Key(location=ground.cloud.region, agent=federation.principal(VAULT), looked_at=True)
    args = KeysArgs(
        project=ground.project,
        keys={"vault": key},
        protection=Protection.HSM if ground.care.hardware_keys else Protection.SOFTWARE,
        labels=ground.settings.labels,
    )
    return Keys(f"{name}-seal", args, ground.guarded).ids["vault"]
