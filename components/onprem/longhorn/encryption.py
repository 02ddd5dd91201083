"""How volumes are encrypted, and the classes that offer nothing else."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SECRET: Final = "longhorn-crypto"  # noqa: S105 -- a Secret's name
"""Longhorn takes the key of restored volumes from a Secret of exactly this name (manager/kubernetes.go)."""

NAMESPACE: Final = "longhorn-system"
"""Longhorn's certificates and restored volumes know it by this name only (types/types.go: TLSPeerName)."""

REPLICATED: Final = "longhorn-crypto"
STRICT_LOCAL: Final = "longhorn-crypto-strict-local"

RECIPE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "CRYPTO_KEY_PROVIDER": "secret",
        "CRYPTO_KEY_CIPHER": "aes-xts-plain64",
        "CRYPTO_KEY_SIZE": "512",  # bits: XTS takes two keys, so this is AES-256
        "CRYPTO_KEY_HASH": "sha512",
        "CRYPTO_PBKDF": "argon2id",
        "CRYPTO_PBKDF_MEMORY": "65536",
        "CRYPTO_PBKDF_FORCE_ITERATIONS": "4",
    }
)
"""What Longhorn's Secret may say beside the key; each goes to ``cryptsetup luksFormat`` as it stands.

The derivation is RFC 9106's second choice (64 MiB) with the fewest passes that LUKS2 takes. cryptsetup's own
choice is a gigabyte and two seconds for each volume, which a node that starts with twenty volumes has not;
the passphrase has more than 256 bits already, and needs no stretching.
"""

LENGTH: Final = 64
"""Characters of the passphrase, letters and digits: 381 bits."""

HEADER: Final = 16 * 2**20
"""Bytes of a volume that LUKS2 keeps for itself."""

_USES: Final = ("provisioner", "node-publish", "node-stage", "node-expand")


def parameters(*, replicas: int, local: bool) -> Mapping[str, str]:
    """Of a storage class; ``local`` keeps the only copy where the pod runs, for what copies itself."""
    return {
        "encrypted": "true",
        "numberOfReplicas": str(replicas),
        "dataLocality": "strict-local" if local else "best-effort",
        "staleReplicaTimeout": "30",  # minutes until a failed copy's space may be taken
        "fsType": "ext4",
        "recurringJobSelector": json.dumps([{"name": "local" if local else "default", "isGroup": True}]),
        **{f"csi.storage.k8s.io/{use}-secret-name": SECRET for use in _USES},
        **{f"csi.storage.k8s.io/{use}-secret-namespace": NAMESPACE for use in _USES},
    }
