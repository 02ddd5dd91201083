"""The keys that everything at rest is encrypted with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from pulumi import Input, Output, ResourceOptions
from pulumi_gcp import kms

from components.base import Component, after
from components.cloud.project import Api, Project

ROTATION: Final = f"{90 * 86400}s"
"""90 days, the longest that the CIS benchmark takes (GCP Foundations 1.10)."""

REGRET: Final = f"{30 * 86400}s"
"""30 days, Google's default, between the order to destroy a key version and its end."""

ROLE: Final = "roles/cloudkms.cryptoKeyEncrypterDecrypter"

READER: Final = "roles/cloudkms.viewer"
"""To see which version of a key is the newest; it encrypts and decrypts nothing."""


class Protection(StrEnum):
    """Where a key lives."""

    SOFTWARE = "SOFTWARE"
    """FIPS 140-2 level 1 (https://cloud.google.com/kms/docs/protection-levels)."""
    HSM = "HSM"
    """FIPS 140-2 level 3; a key cannot be moved there later, only replaced."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """One key: for one use, in one place, for one service."""

    location: str
    """A region or multi-region, in lower case; it must hold the location of what is encrypted."""
    agent: Input[str]
    """The IAM member that encrypts with it, as ``project.agent(Api.STORAGE)`` tells it."""
    looked_at: bool = False
    """Whether that member also reads what the key is. Google's own services do not ask; HashiCorp Vault does,
    and does not start without an answer."""

    def __post_init__(self) -> None:
        if self.location != self.location.lower():
            raise ValueError(f"key location {self.location!r}: Cloud KMS writes {self.location.lower()!r}")


@dataclass(frozen=True, kw_only=True, slots=True)
class KeysArgs:
    """The keys by use."""

    project: Project
    keys: Mapping[str, Key]
    protection: Protection = Protection.SOFTWARE
    labels: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.keys:
            raise ValueError("key rings without keys would stay for ever unused: name at least one key")


class Keys(Component, token="gcp:Keys"):
    """Encryption keys, each rotated every 90 days and usable by one service only.

    Google never deletes rings and keys, and destroying a key's versions destroys the data: both stay when
    the stack goes, and so does the grant, without which nothing encrypted before could be read. Their names
    in Google are Pulumi's own, with a random suffix kept in state, so that neither the next stack of the same
    name nor a key that must be replaced meets its predecessor.
    """

    ids: Mapping[str, Output[str]]
    """Key ids by use, each known once its service may use the key."""

    def __init__(self, name: str, args: KeysArgs, opts: ResourceOptions | None = None) -> None:
        super().__init__(name, opts)
        rings = {
            location: kms.KeyRing(
                f"{name}-{location}",
                project=args.project.on(Api.KEYS),
                location=location,
                opts=self.child(retain_on_delete=True),
            )
            for location in sorted({key.location for key in args.keys.values()})
        }
        self.ids = {
            use: self._key(f"{name}-{use}", key, args, rings[key.location]) for use, key in args.keys.items()
        }
        self.seal()

    def _key(self, name: str, key: Key, args: KeysArgs, ring: kms.KeyRing) -> Output[str]:
        made = kms.CryptoKey(
            name,
            key_ring=ring.id,
            purpose="ENCRYPT_DECRYPT",
            rotation_period=ROTATION,
            destroy_scheduled_duration=REGRET,
            version_template={
                "algorithm": "GOOGLE_SYMMETRIC_ENCRYPTION",
                "protection_level": args.protection.value,
            },
            labels=args.labels,
            opts=self.child(retain_on_delete=True),
        )
        roles = {name: ROLE, **({f"{name}-viewer": READER} if key.looked_at else {})}
        granted = [
            kms.CryptoKeyIAMMember(
                grant,
                crypto_key_id=made.id,
                role=role,
                member=key.agent,
                opts=self.child(retain_on_delete=True),
            ).id
            for grant, role in roles.items()
        ]
        return after(made.id, *granted)
