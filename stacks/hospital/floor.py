"""What the parts inside a hospital's cluster stand on: the same for a hospital and for a laptop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Final

from pulumi import Output, ResourceOptions

from components.platform.authority import Authority, AuthorityArgs
from components.platform.certificates import Certificates, CertificatesArgs
from components.platform.namespaces import Namespaces, NamespacesArgs, PodSecurity
from components.platform.traffic import Traffic, TrafficArgs
from settings import CARE, Care, Settings

OWN: Final[Mapping[str, PodSecurity]] = {
    "clinical": PodSecurity.RESTRICTED,
    "data": PodSecurity.RESTRICTED,
    "inference": PodSecurity.RESTRICTED,
    "vault": PodSecurity.RESTRICTED,
    "cert-manager": PodSecurity.RESTRICTED,
    "cnpg-system": PodSecurity.RESTRICTED,
}
"""Clinical services, patient data and AI stay apart: each has its own network policies and grants."""

ADDRESSES: Final[Mapping[str, PodSecurity]] = {"metallb-system": PodSecurity.PRIVILEGED}
MACHINES: Final[Mapping[str, PodSecurity]] = {
    "longhorn-system": PodSecurity.PRIVILEGED,
    "system-upgrade": PodSecurity.PRIVILEGED,
}
"""They serve the nodes themselves, so the nodes are what they reach."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lot:
    """One cluster, and what is known of it before anything runs there."""

    name: str
    """What every resource's name begins with."""
    settings: Settings
    where: ResourceOptions
    servers: Sequence[IPv4Network]
    """Where its control plane answers."""
    callers: Sequence[IPv4Network]
    """Where its calls to webhooks come from: flannel gives each server an address of its pods' range."""
    namespaces: Mapping[str, PodSecurity]

    @property
    def care(self) -> Care:
        """How careful this environment is."""
        return CARE[self.settings.environment]

    @property
    def guarded(self) -> ResourceOptions:
        """For what holds data: Pulumi refuses to delete it where the environment asks for that."""
        return ResourceOptions.merge(self.where, ResourceOptions(protect=self.care.protect))


@dataclass(frozen=True, kw_only=True, slots=True)
class Floor:
    """The cluster with its namespaces, where certificates are signed."""

    lot: Lot
    namespaces: Mapping[str, Output[str]]
    authority: Authority
    issuer: Output[str]


def build_floor(lot: Lot) -> Floor:
    """Namespaces, the hospital's own root, and an issuer that signs with it."""
    args = NamespacesArgs(levels=lot.namespaces, labels=lot.settings.labels)
    namespaces = Namespaces(f"{lot.name}-namespaces", args, lot.where).names
    hospital = lot.settings.hospital.name
    root = AuthorityArgs(subject=f"{hospital} {lot.name}", organisation=hospital)
    authority = Authority(f"{lot.name}-authority", root, lot.guarded)
    signing = CertificatesArgs(
        namespace=namespaces["cert-manager"],
        certificate=authority.certificate,
        key=authority.key,
        replicas=2 if lot.care.highly_available else 1,
        callers=lot.callers,
        servers=lot.servers,
    )
    issuer = Certificates(f"{lot.name}-certificates", signing, lot.where).issuer
    Traffic(f"{lot.name}-clinical", TrafficArgs(namespace=namespaces["clinical"]), lot.where)
    return Floor(lot=lot, namespaces=namespaces, authority=authority, issuer=issuer)
