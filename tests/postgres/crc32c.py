"""The checksum that Google's clients compare after each upload (RFC 3720, appendix B.4)."""

import base64
from typing import Final

POLYNOMIAL: Final = 0x82F63B78


def crc32c(content: bytes | bytearray) -> str:
    """As Cloud Storage writes it: big-endian, base64."""
    value = 0xFFFFFFFF
    for byte in content:
        value = TABLE[(value ^ byte) & 0xFF] ^ (value >> 8)
    return base64.b64encode((value ^ 0xFFFFFFFF).to_bytes(4, "big")).decode()


def _entry(value: int) -> int:
    for _ in range(8):
        value = (value >> 1) ^ (POLYNOMIAL if value & 1 else 0)
    return value


TABLE: Final = tuple(_entry(value) for value in range(256))
