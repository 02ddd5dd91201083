"""WireGuard's keys, derived from secret randomness."""

import base64
import hmac

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey


def private_key(seed: str) -> str:
    """The private key of whoever holds ``seed``, clamped as RFC 7748 asks and ``wg`` writes it."""
    key = bytearray(_derived(seed, "private"))
    key[0] &= 0b1111_1000
    key[31] = key[31] & 0b0111_1111 | 0b0100_0000
    return base64.b64encode(key).decode()


def public_key(seed: str) -> str:
    """The public key beside it."""
    key = X25519PrivateKey.from_private_bytes(base64.b64decode(private_key(seed)))
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def preshared_key(seed: str, peer: str) -> str:
    """The key that the holder of ``seed`` shares with one peer and with nobody else."""
    return base64.b64encode(_derived(seed, f"preshared {peer}")).decode()


def _derived(seed: str, purpose: str) -> bytes:
    """HMAC-SHA-256 as a key derivation (NIST SP 800-108), so that one secret serves several keys."""
    return hmac.digest(seed.encode(), f"prontuario link {purpose}".encode(), "sha256")
